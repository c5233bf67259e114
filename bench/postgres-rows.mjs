// What a home in PostgreSQL costs, beside the same one in a folder and beside psql doing as many durable transactions.
import { createBigHome } from "./big-home.mjs";
import { converse, prompted } from "./conversation.mjs";
import { copyHome, createHome, folder, password, sessionOf, started } from "./home.mjs";
import { finish, medians } from "./measure.mjs";
import { addressOfCopy, psql, psqlRows } from "./postgres-server.mjs";
import { pipedInto } from "./session-rows.mjs";
import { prompt } from "./start-rows.mjs";
import { join } from "node:path";

const login = `loginHSM CO admin ${password}`;

export async function pgStart() {
  const home = createHome({ hsms: 3 });
  const shared = sharedCopy(home);
  const times = await medians(
    10,
    () => prompt(shared.words, shared.env),
    () => prompt(sessionOf(home).words, sessionOf(home).env),
    () => finish(...psql, { input: "SELECT 1;\n" }),
  );
  return row("Start to prompt on a terminal, 3 HSMs; psql to the end of `SELECT 1`", times);
}

export async function pgSyncUsers() {
  const count = 1000;
  const template = createHome({ hsms: 2, more: count });
  const lines = [login, "server 0", ...Array.from({ length: count }, (_, index) => `syncUser ${String(index + 3)} 1`)];
  const times = await medians(
    5,
    ...inBoth(template, (session) => pipedInto(session, lines, "syncUser success", count)),
    () => psqlRows(2 * count),
  );
  return row("1,000 piped syncUser, each a transaction on two HSMs; psql: 2,000 inserts", times);
}

export async function pgCreateUsers() {
  const count = 200;
  const template = createHome({ hsms: 3 });
  const lines = Array.from({ length: count }, (_, index) => `createUser CU fresh${String(index)} ${password}\ny`);
  const times = await medians(
    5,
    ...inBoth(template, (session) => pipedInto(session, [login, ...lines], "createUser success on server 2", count)),
    () => psqlRows(3 * count),
  );
  return row("200 piped createUser on 3 HSMs, at the cheapest password cost; psql: 600 inserts", times);
}

export async function pgFindKeys() {
  const keys = 16_666;
  const home = await createBigHome({ hsms: 3, keys });
  const shared = sharedCopy(home);
  const sessions = [await opened(shared), await opened(sessionOf(home))];
  const file = join(folder(), "keys.txt");
  const find = async (session) => {
    const answer = await session.ask(`findAllKeys 3 1 ${file}`, prompted);
    if (answer.split("findAllKeys success").length !== 4) throw new Error(`findAllKeys answered ${answer}`);
  };
  const select = `SELECT content FROM ${shared.schema}.record WHERE collection = 'keyAccess' ORDER BY place, number;`;
  const times = await medians(5, ...sessions.map((session) => () => find(session)), () =>
    finish(...psql, { input: select }),
  );
  for (const session of sessions) await session.end();
  return row("findAllKeys with hash, 3 HSMs x 16,666 keys; psql: selecting the same rows", times);
}

/** The two tasks of doing something on a copy in PostgreSQL and in a folder; what prepares them is not measured. */
function inBoth(template, work) {
  return [() => work(sharedCopy(template)), () => work(sessionOf(started(copyHome(template))))];
}

/** A copy of a folder in a schema of its own, as the program is started on it. */
export function sharedCopy(home) {
  const { address, schema } = addressOfCopy(home);
  const { words, env } = sessionOf(home);
  const session = { words, env: { ...env, CLOUDHSM_HOME: address }, schema };
  finish(process.execPath, words, { ...session, input: "quit\n" });
  return session;
}

/** A session that is logged in. */
export async function opened({ words, env }) {
  const session = converse(process.execPath, words, env);
  await session.until(prompted);
  const answer = await session.ask(login, prompted);
  if (!answer.includes("loginHSM success")) throw new Error(`loginHSM answered ${answer}`);
  return session;
}

function row(what, [shared, ours, theirs]) {
  const milliseconds = [shared, ours, theirs].map((time) => `${time.toFixed(0)} ms`);
  const [inDatabase, inFolder, beside] = milliseconds;
  return [what, inDatabase, inFolder, (shared / ours).toFixed(2), beside, (shared / theirs).toFixed(2)];
}
