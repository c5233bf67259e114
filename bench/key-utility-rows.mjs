// What the key utility costs: keys made, found and used, and a single command.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createBigHome } from "./big-home.mjs";
import { converse } from "./conversation.mjs";
import { insertRows } from "./durable-rows.mjs";
import { copyHome, createHome, folder, keyProgram, password, sessionOf } from "./home.mjs";
import { finish, medians, timed } from "./measure.mjs";

const node = process.execPath;
const login = `loginHSM -u CU -s user3 -p ${password}`;

/** How the key utility is started on a home. */
function keysOf(home) {
  const { env } = sessionOf(home);
  return { words: [keyProgram, "--config", join(home, "cluster.yaml")], env };
}

const prompted = (answer) => answer.endsWith("Command:  ");

/** A session of the key utility with a login. */
async function loggedIn(home) {
  const { words, env } = keysOf(home);
  const session = converse(node, words, env);
  await session.until(prompted);
  await session.ask(login, prompted);
  return session;
}

export async function makeKeys() {
  const count = 200;
  const template = createHome({ hsms: 3, users: 3 });
  const lines = Array.from({ length: count }, (_, at) => `genSymKey -t 31 -s 32 -l key${String(at)}`);
  const [ours, theirs] = await medians(
    5,
    () => {
      const { words, env } = keysOf(copyHome(template));
      return timed(() => {
        const [, output] = finish(node, words, { env, input: [login, ...lines, "exit", ""].join("\n") });
        if (output.split("Symmetric Key Created").length !== count + 1) throw new Error("a key was not made");
      });
    },
    () => insertRows(3 * count),
  );
  return {
    what: "200 piped genSymKey, each durable on 3 HSMs",
    ours,
    beside: "`sqlite3`, as many durable single-row inserts (600)",
    theirs,
    unit: "ms",
  };
}

export async function findKeys() {
  const count = 16_666;
  const home = await createBigHome({ hsms: 1, keys: count });
  const session = await loggedIn(home);
  const select = "SELECT key, content FROM record WHERE collection IN ('key', 'keyAccess') ORDER BY key;";
  const [ours, theirs] = await medians(
    7,
    async () => {
      const answer = await session.ask("findKey -l key9", prompted);
      if (!answer.includes("keys present: 1\n")) throw new Error(`findKey answered ${answer}`);
    },
    () => finish("sqlite3", [join(home, "10.0.0.1_2225.hsm"), select]),
  );
  await session.end();
  return {
    what: "findKey by its label among 16,666 keys",
    ours,
    beside: "`sqlite3` selecting the same rows",
    theirs,
    unit: "ms",
  };
}

export async function signatures() {
  const count = 200;
  const session = await loggedIn(createHome({ hsms: 1, users: 3 }));
  const pair = await session.ask("genRSAKeyPair -m 2048 -e 65537 -l pair", prompted);
  const [, handle] = /private key handle: (\d+)/.exec(pair);
  const message = join(folder(), "message");
  writeFileSync(message, "a message");
  const [ours, theirs] = await medians(
    5,
    async () => {
      const taken = await timed(async () => {
        for (let at = 0; at < count; at++) {
          const answer = await session.ask(`sign -f ${message} -k ${handle} -m 1 -out ${message}.sig`, prompted);
          if (!answer.includes("0x00")) throw new Error(`sign answered ${answer}`);
        }
      });
      return taken / count;
    },
    () => {
      const [, output] = finish("openssl", ["speed", "-seconds", "1", "rsa2048"], {
        stdio: ["pipe", "pipe", "ignore"],
      });
      return 1000 * Number(/^rsa 2048 bits\s+([\d.]+)s/m.exec(output)[1]);
    },
  );
  await session.end();
  return {
    what: "sign with RSA 2048 in one session, a file to a file, audited and durable",
    ours,
    beside: "`openssl speed rsa2048`, the signature alone",
    theirs,
    unit: "ms",
  };
}

export async function singleCommand() {
  const { words, env } = keysOf(createHome({ hsms: 3, users: 3 }));
  const single = [...words, "singlecmd", ...login.split(" "), "findKey"];
  const [ours, theirs] = await medians(
    15,
    () => finish(node, single, { env }),
    () => finish(node, ["-e", "0"]),
  );
  return {
    what: "singlecmd findKey, start to exit, 3 HSMs",
    ours,
    beside: "`node -e 0`",
    theirs,
    unit: "ms",
    aim: 1.5,
  };
}
