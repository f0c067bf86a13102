// Queues four players by the bare event on the hub, and follows each to its game server:
//   node match.js [state folder] [HTTP port] [AMQP port]
// The defaults are those of `mvn -Plocal`. Ends with 0 if all have the one server.
"use strict";

const { randomUUID } = require("node:crypto");
const { readFileSync } = require("node:fs");
const path = require("node:path");
const { EventHubProducerClient } = require("@azure/event-hubs");

const [folder = path.join(__dirname, "../../../.local"), http = "7071", amqp = "5672"] = process.argv.slice(2);
const key = (name) => readFileSync(path.join(folder, name), "utf8").trim();
const base = `http://127.0.0.1:${http}`;
const patience = AbortSignal.timeout(30_000);

async function fetchJson(url, options = {}) {
  const answer = await fetch(url, { ...options, signal: patience });
  if (answer.status === 404) {
    return {}; // The event has not come yet.
  }
  if (!answer.ok) {
    throw new Error(`${url.split("?")[0]} answered ${answer.status}`);
  }
  return answer.json();
}

async function queue(players) {
  const producer = new EventHubProducerClient(
    `Endpoint=sb://localhost:${amqp};SharedAccessKeyName=RootManageSharedAccessKey;` +
      `SharedAccessKey=${key("event-hubs-key")};UseDevelopmentEmulator=true`,
    "match-requests",
  );
  try {
    for (const player of players) {
      const body = { GUID: player, Name: "Ada", MatchmakingSettings: "region=eu;client=javascript" };
      await producer.sendBatch([{ body }], { partitionKey: player, abortSignal: patience });
    }
  } finally {
    await producer.close();
  }
}

function addServer(address) {
  const servers = [{ serverguid: randomUUID(), serveripandport: address }];
  return fetchJson(`${base}/api/AddServer?code=${key("function-key")}`, {
    method: "POST",
    body: JSON.stringify({ command: "addServer", servers }),
  });
}

/** What the management API says of a player's request, once that has ended. */
async function ended(player) {
  const url = `${base}/runtime/webhooks/durabletask/instances/${player}?code=${key("system-key")}`;
  for (;;) {
    const { runtimeStatus, output } = await fetchJson(url);
    if (runtimeStatus === "Completed") {
      return output;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function main() {
  const players = [1, 2, 3, 4].map(() => randomUUID());
  await queue(players);
  await addServer("203.0.113.42:7777");
  const outputs = await Promise.all(players.map(ended));
  outputs.forEach((output, i) => console.log(players[i], JSON.stringify(output)));
  const matches = new Set(outputs.map(({ status, sessionId, server }) => `${status} ${sessionId} ${server}`));
  if (matches.size !== 1 || outputs[0].status !== "matched") {
    throw new Error("they are not matched with the one server");
  }
}

main().catch((failure) => {
  console.error(failure);
  process.exitCode = 1;
});
