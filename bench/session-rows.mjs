// What commands cost: one at a time in an open session, and many through a pipe.
import { scrypt } from "node:crypto";
import { promisify } from "node:util";
import { converse, prompted } from "./conversation.mjs";
import { insertRows } from "./durable-rows.mjs";
import { copyHome, createHome, password, sessionOf, started } from "./home.mjs";
import { finish, medians, timed } from "./measure.mjs";

const login = `loginHSM CO admin ${password}`;
const defaultCost = 14;

export async function readOnly() {
  const session = await open(createHome({ hsms: 3, users: 1000 }));
  const cat = converse("cat", [], process.env);
  const answer = await session.ask("listUsers", prompted);
  const [ours, theirs] = await medians(
    30,
    () => session.ask("listUsers", prompted),
    () => cat.ask(answer, ({ length }) => length > answer.length),
  );
  await Promise.all([session.end(), cat.end()]);
  return {
    what: "listUsers to its answer, 3 HSMs x 1,000 users",
    ours,
    beside: "`cat` giving back as many bytes",
    theirs,
    unit: "ms",
    absoluteAim: 10,
  };
}

export async function loginInStep() {
  const session = await open(createHome({ hsms: 3, passwordCost: defaultCost }));
  await session.ask("listUsers", prompted);
  const [ours, theirs] = await medians(
    20,
    async () => {
      const time = await timed(() => ask(session, login, "loginHSM success"));
      await ask(session, "logoutHSM", "logoutHSM success");
      return time;
    },
    () => derive(defaultCost),
  );
  await session.end();
  return { what: "Login on 3 HSMs in step", ours, beside: "one scrypt of the same cost", theirs, unit: "ms", aim: 1.3 };
}

export async function syncUsers() {
  const count = 1000;
  const template = createHome({ hsms: 2, more: count });
  const lines = Array.from({ length: count }, (_, index) => `syncUser ${String(index + 3)} 1`);
  const [ours, theirs] = await medians(
    10,
    () => piped(started(copyHome(template)), [login, "server 0", ...lines], "syncUser success", count),
    () => insertRows(count),
  );
  return {
    what: "1,000 piped syncUser, each writing two HSMs",
    ours,
    beside: "`sqlite3`, as many durable single-row inserts",
    theirs,
    unit: "ms",
    aim: 3.5,
  };
}

export async function infoLines() {
  const count = 10_000;
  const home = createHome({ hsms: 3 });
  const [ours, theirs] = await medians(
    10,
    () => piped(home, repeated("info server 0", count), "10.0.0.1", count),
    () => finish("sqlite3", [":memory:"], { input: repeated("select 1;", count).join("\n") }),
  );
  return {
    what: "10,000 piped `info server 0`",
    ours,
    beside: "`sqlite3`, as many `select 1;`",
    theirs,
    unit: "ms",
  };
}

export async function createUsers() {
  const count = 200;
  const template = createHome({ hsms: 3, passwordCost: defaultCost });
  const lines = Array.from({ length: count }, (_, index) => `createUser CU fresh${String(index)} ${password}\ny`);
  const [ours, theirs] = await medians(
    10,
    () => piped(started(copyHome(template)), [login, ...lines], "createUser success on server 2", count),
    async () => {
      for (let done = 0; done < count; done++) await derive(defaultCost);
    },
  );
  return { what: "200 piped createUser on 3 HSMs", ours, beside: "200 scrypts of the same cost", theirs, unit: "ms" };
}

async function open(home) {
  const { words, env } = sessionOf(home);
  const session = converse(process.execPath, words, env);
  await session.until(prompted);
  return session;
}

async function ask(session, line, expected) {
  const answer = await session.ask(line, prompted);
  if (!answer.includes(expected)) throw new Error(`${line} answered ${answer}`);
}

/**
 * Pipes lines into a session, and times it from its start to its end.
 *
 * @param build whose program it is; this one's where it is left out
 */
export function piped(home, lines, expected, times, build) {
  return pipedInto(sessionOf(home, build), lines, expected, times);
}

/** The same for a program that is started in another way than on a folder. */
export async function pipedInto(session, lines, expected, times) {
  let output;
  const time = await timed(() => {
    [, output] = finish(process.execPath, session.words, { ...session, input: `${lines.join("\n")}\nquit\n` });
  });
  const found = output.split(expected).length - 1;
  if (found < times) throw new Error(`${expected} came ${String(found)} times instead of ${String(times)}`);
  return time;
}

function derive(cost) {
  return promisify(scrypt)(password, "sixteen byte salt", 32, { N: 2 ** cost, r: 8, p: 1, maxmem: 2 ** cost * 2048 });
}

function repeated(line, times) {
  return Array.from({ length: times }, () => line);
}
