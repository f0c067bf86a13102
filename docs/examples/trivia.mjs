// Plays trivia: node trivia.mjs [name], then a guess is a line. With a name it is a player's, else a guest's.
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";
import { HubConnectionBuilder } from "@microsoft/signalr";

const api = process.env.PARLEY_API ?? "http://127.0.0.1:7071/api";
const headers = { "Content-Type": "application/json" };
async function call(path, body) {
  const answer = await fetch(`${api}/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  const said = await answer.json();
  if (answer.ok) return said;
  throw new Error(said.title);
}
const sessionId = randomUUID();
const name = process.argv[2];
if (name) headers.Authorization = `Bearer ${(await call("players", { deviceId: sessionId, name })).token}`;

let clue = null;
function show({ clueId, question, categoryTitle, estimatedTimeRemaining }) {
  if (clue?.clueId === clueId) return; // Told twice, as when a server was killed while it did so.
  clue = { clueId, right: 0, wrong: 0 };
  console.log(`${categoryTitle}: ${question} (${Math.round(estimatedTimeRemaining / 1000)} s)`);
}
const info = await call("SignalRInfo");
const options = { accessTokenFactory: async () => (await call("SignalRInfo")).accessToken };
const hub = new HubConnectionBuilder().withUrl(info.url, options).withAutomaticReconnect().configureLogging("none").build();
hub.on("newClue", ({ previousClue, nextClue }) => {
  if (clue && clue.clueId === previousClue.clueId)
    console.log(`It was: ${previousClue.answer}. Right ${clue.right}, wrong ${clue.wrong}.`);
  show(nextClue);
});
hub.on("newGuess", ({ clueId, isCorrect }) => {
  if (clue?.clueId === clueId) clue[isCorrect ? "right" : "wrong"]++;
});
await hub.start();
if (info.currentClue) show(info.currentClue);
for await (const value of createInterface({ input: process.stdin })) {
  if (!clue) continue;
  const judged = await call("SubmitGuess", { sessionId, clueId: clue.clueId, value }).catch((refusal) => refusal);
  console.log(judged.message ?? `${judged.guess}: ${judged.isCorrect ? "right" : "wrong"}`);
}
await hub.stop();
