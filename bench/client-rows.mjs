// How many requests a home answers that many clients ask at once, and how long each of them waits.
import { converse } from "./conversation.mjs";
import { copyHome, createHome, sessionOf, started } from "./home.mjs";
import { opened, sharedCopy } from "./postgres-rows.mjs";
import { psql, psqlTable } from "./postgres-server.mjs";

/** Requests of all clients together in a round. */
const requests = 400;

const rounds = 3;

export function pgEightClients() {
  return clientsAtOnce(8);
}

export function pgTwentyClients() {
  return clientsAtOnce(20);
}

async function clientsAtOnce(clients) {
  const template = createHome({ hsms: 2, more: requests });
  const [shared, inFolder, inPsql] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    shared.push(await shells(clients, sharedCopy(template)));
    inFolder.push(await shells(clients, sessionOf(started(copyHome(template)))));
    inPsql.push(await psqls(clients));
  }
  const what = `${String(clients)} clients at once, syncUser to two HSMs that all share; psql: two inserts`;
  const [one, two, three] = [shared, inFolder, inPsql].map(summary);
  const ratio = (other) => (other.rate / one.rate).toFixed(2);
  return [what, one.text, two.text, ratio(two), three.text, ratio(three)];
}

async function shells(clients, session) {
  const open = await Promise.all(Array.from({ length: clients }, () => opened(session)));
  const atServer = (answer) => answer.endsWith("server0>");
  await Promise.all(open.map((client) => client.ask("server 0", atServer)));
  const measured = await atOnce(open, async (client, at) => {
    const answer = await client.ask(`syncUser ${String(at + 3)} 1`, atServer);
    if (!answer.includes("syncUser success")) throw new Error(`syncUser answered ${answer}`);
  });
  await Promise.all(open.map((client) => client.end()));
  return measured;
}

async function psqls(clients) {
  const table = psqlTable();
  const open = Array.from({ length: clients }, () => converse(...psql, process.env));
  const done = (answer) => answer.endsWith("done\n");
  await Promise.all(open.map((client) => client.ask("\\echo done", done)));
  const insert = `INSERT INTO ${table} (text) VALUES ('${"x".repeat(200)}');`;
  const measured = await atOnce(open, (client) => client.ask(`${insert}\n${insert}\n\\echo done`, done));
  await Promise.all(open.map((client) => client.end()));
  return measured;
}

/** Has each client do its share, one request after the other, and gives the milliseconds of all and of each request. */
async function atOnce(clients, request) {
  const each = [];
  const share = requests / clients.length;
  const begin = performance.now();
  await Promise.all(
    clients.map(async (client, index) => {
      for (let turn = 0; turn < share; turn++) {
        const asked = performance.now();
        await request(client, index * share + turn);
        each.push(performance.now() - asked);
      }
    }),
  );
  return { all: performance.now() - begin, each };
}

/** The median rate of the rounds, and what 99 of 100 requests of all of them did not exceed. */
function summary(measured) {
  const rates = measured.map(({ all, each }) => (each.length / all) * 1000).toSorted((a, b) => a - b);
  const rate = rates[Math.floor(rates.length / 2)];
  const each = measured.flatMap((round) => round.each).toSorted((a, b) => a - b);
  const slow = each[Math.floor(each.length * 0.99)];
  return { rate, text: `${rate.toFixed(0)}/s, ${slow.toFixed(0)} ms` };
}
