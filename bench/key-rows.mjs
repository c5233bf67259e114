// What keys cost: the key hash over many of them, copying them one by one, and reading them.
import { join } from "node:path";
import { converse, prompted } from "./conversation.mjs";
import { insertRows } from "./durable-rows.mjs";
import { copyHome, createHome, folder, password, sessionOf, started } from "./home.mjs";
import { finish, medians, peakMemory, timed } from "./measure.mjs";

const login = `loginHSM CO admin ${password}`;
const owner = 3;

/** Keys that an HSM has room for, unless its configuration says something else. */
const full = 3300;

/** findAllKeys with the hash in an open session, to a file, beside SQLite reading the same rows of three files. */
export async function keyHash() {
  const home = createHome({ hsms: 3, users: owner, keys: full });
  const { words, env } = sessionOf(home);
  const session = converse(process.execPath, words, env);
  await session.until(prompted);
  await session.ask(login, prompted);
  const file = join(folder(), "keys.txt");
  const select = "SELECT key, content FROM record WHERE collection = 'keyAccess' ORDER BY key;";
  const [ours, theirs] = await medians(
    15,
    async () => {
      const answer = await session.ask(`findAllKeys ${String(owner)} 1 ${file}`, prompted);
      if (answer.split("findAllKeys success").length !== 4) throw new Error(`findAllKeys answered ${answer}`);
    },
    () => {
      for (const hsm of [1, 2, 3]) finish("sqlite3", [join(home, `10.0.0.${String(hsm)}_2225.hsm`), select]);
    },
  );
  await session.end();
  return {
    what: `findAllKeys with hash, 3 HSMs x ${full.toLocaleString("en")} keys`,
    ours,
    beside: "`sqlite3` selecting the same rows",
    theirs,
    unit: "ms",
  };
}

export async function syncKeys() {
  const count = 1000;
  const template = createHome({ hsms: 2, users: owner, moreKeys: count });
  const lines = Array.from({ length: count }, (_, index) => `syncKey ${String(index + 1)} 1`);
  const [ours, theirs] = await medians(
    10,
    () => {
      const { words, env } = sessionOf(started(copyHome(template)));
      const input = [login, "server 0", ...lines, "quit", ""].join("\n");
      return timed(() => {
        const [, output] = finish(process.execPath, words, { env, input });
        if (output.split("syncKey success").length !== count + 1) throw new Error("a key was not copied");
      });
    },
    () => insertRows(count),
  );
  return {
    what: "1,000 piped syncKey, each writing two HSMs",
    ours,
    beside: "`sqlite3`, as many durable single-row inserts",
    theirs,
    unit: "ms",
  };
}

export async function allAttributes() {
  const { words, env } = sessionOf(createHome({ hsms: 3, users: owner, keys: full }));
  const session = converse(process.execPath, words, env);
  await session.until(prompted);
  await session.ask(`loginHSM CU user${String(owner)} ${password}`, prompted);
  const cat = converse("cat", [], process.env);
  const answer = await session.ask("getAttribute 1 512", prompted);
  const [ours, theirs] = await medians(
    30,
    () => session.ask("getAttribute 1 512", prompted),
    () => cat.ask(answer, ({ length }) => length > answer.length),
  );
  await Promise.all([session.end(), cat.end()]);
  return {
    what: "getAttribute 512 to its answer, 3 HSMs",
    ours,
    beside: "`cat` giving back as many bytes",
    theirs,
    unit: "ms",
  };
}

export async function memoryOfKeys() {
  const { words, env } = sessionOf(createHome({ hsms: 3, users: owner, keys: full }));
  const input = `${login}\nfindAllKeys ${String(owner)} 1 ${join(folder(), "keys.txt")}\nquit\n`;
  const [ours, theirs] = await medians(
    10,
    () => peakMemory(words, { env, input }),
    () => peakMemory(["-e", "0"], {}),
  );
  return {
    what: `Peak memory, findAllKeys with hash, 3 HSMs x ${full.toLocaleString("en")} keys`,
    ours,
    beside: "`node -e 0`",
    theirs,
    unit: "MB",
  };
}
