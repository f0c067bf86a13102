// Tells Ada when it is her turn: node your-turn.mjs [--no-receipt], which leaves out that she has seen it
import { randomUUID } from "node:crypto";
import { HubConnectionBuilder } from "@microsoft/signalr";

const api = process.env.PARLEY_API ?? "http://127.0.0.1:7071/api";
const headers = { "Content-Type": "application/json" };
async function call(method, path, body) {
  const answer = await fetch(`${api}/${path}`, { method, headers, body: JSON.stringify(body) });
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
}
const { playerId, token } = await call("POST", "players", { deviceId: randomUUID(), name: "Ada" });
headers.Authorization = `Bearer ${token}`;
await call("PUT", `players/me/devices/${randomUUID()}`, { platform: "fcmv1", token: `phone-of-${playerId}` });
const options = { accessTokenFactory: () => token, headers: { "x-player-id": playerId } }; // For POST /negotiate.
const hub = new HubConnectionBuilder().withUrl(api, options).withAutomaticReconnect().configureLogging("none").build();
const seen = new Set();
async function tell({ id, kind, sessionId, title, body, expiresAt, session }) {
  if (seen.has(id) || Date.parse(expiresAt) < Date.now()) return; // Shown before, or on her phone by now.
  seen.add(id);
  console.log(`${title.toLowerCase()}: ${body} ${session.board}`);
  if (kind === "yourTurn" && session.movesLeft === 9)
    await call("POST", `sessions/${sessionId}/turns`, { moveId: id, move: { cell: 4 } }); // She begins.
  if (kind !== "yourTurn" || process.argv[2] !== "--no-receipt") await call("POST", `notifications/${id}/received`);
}
["gameStarted", "yourTurn"].forEach((kind) => hub.on(kind, tell));
hub.onreconnected(() => console.log("connected again"));
await hub.start();
const game = await call("POST", "sessions", { game: "tic-tac-toe", settings: { table: randomUUID().slice(0, 8) } });
console.log(`in another terminal: node docs/examples/opponent.mjs ${game.settings.table}`);
