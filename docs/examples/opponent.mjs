// Bob sits down at a table, and moves once: node opponent.mjs <table>
import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";

const api = process.env.PARLEY_API ?? "http://127.0.0.1:7071/api";
const headers = { "Content-Type": "application/json" };
async function call(method, path, body) {
  const answer = await fetch(`${api}/${path}`, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
const { playerId, token } = await call("POST", "players", { deviceId: randomUUID(), name: "Bob" });
headers.Authorization = `Bearer ${token}`;
let game = await call("POST", "sessions", { game: "tic-tac-toe", settings: { table: process.argv[2] } });
while (game.currentPlayerId !== playerId) {
  await setTimeout(100);
  game = await call("GET", `sessions/${game.sessionId}`);
}
const turn = { moveId: randomUUID(), move: { cell: game.board.indexOf("-") } };
const { board } = await call("POST", `sessions/${game.sessionId}/turns`, turn);
console.log(`moved: ${board}`);
