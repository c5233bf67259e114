import { chmodSync, existsSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "libsql";
import { expect, test } from "vitest";
import { fileOf } from "../harness/audit.ts";
import { Conversation } from "../harness/conversation.ts";
import { type Start, lines, runPiped, temporaryFolder } from "../harness/program.ts";

const admin = "{ id: 1, type: CO, name: admin, password: co12345 }";
const one = `clusters: [{ id: c, passwordCost: 10, users: [${admin}], hsms: [{ id: hsm-a, hostname: h0 }] }]\n`;
const two = one.replace("h0 }", "h0 }, { id: hsm-b, hostname: h1 }");
/** Node and SQLite write as root whatever the modes say. */
const isRoot = process.getuid?.() === 0;

/** A configuration of two HSMs, whose home does not exist. */
function newHome(): Start & { readonly config: string } {
  const folder = temporaryFolder();
  const config = join(folder, "cluster.yaml");
  writeFileSync(config, two);
  return { words: [config], home: join(folder, "home"), config };
}

/** One HSM lives there already, the other one is to be created. */
async function half(): Promise<Start & { readonly config: string }> {
  const start = newHome();
  writeFileSync(start.config, one);
  await runPiped(start, lines("quit"));
  writeFileSync(start.config, two);
  return start;
}

function edit(file: string, sql: string): void {
  const database = new Database(file);
  database.exec(sql);
  database.close();
}

const damages: readonly (readonly [what: string, damage: (file: string) => void, cause: RegExp])[] = [
  [
    "pages cut off",
    (file) => {
      truncateSync(file, 5000);
    },
    /malformed|corrupt/,
  ],
  [
    "no table",
    (file) => {
      edit(file, "DROP TABLE record");
    },
    /another program changed its schema/,
  ],
  [
    "no password",
    (file) => {
      edit(file, "DELETE FROM record WHERE collection = 'password'");
    },
    /Storage failure/,
  ],
  [
    "a user without a name",
    (file) => {
      edit(file, "UPDATE record SET content = '{}' WHERE collection = 'user'");
    },
    /a record is not as this program writes it/,
  ],
  [
    "no identity",
    (file) => {
      edit(file, "DELETE FROM record WHERE collection = 'identity'");
    },
    /Storage failure/,
  ],
  [
    "an identity that says nothing",
    (file) => {
      edit(file, "UPDATE record SET content = 'null' WHERE collection = 'identity'");
    },
    /a record is not as this program writes it/,
  ],
];

test.each(damages)(
  "a living HSM that the new one needs, with %s: place, id, file and cause",
  async (_, damage, cause) => {
    const start = await half();
    const file = fileOf(start.home, "h0");
    damage(file);
    const { status, stdout, stderr } = await runPiped(start, lines("quit"));
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    const what =
      "hsm-a cannot be read to create other HSMs from it: remove its -wal and -shm and put a backup of its file back, or delete all three";
    expect(stderr.startsWith(`cloudhsm_mgmt_util: ${start.config}:1:`)).toBe(true);
    expect(stderr).toContain(`: ${what} (${file}): `);
    expect(stderr).toMatch(cause);
    expect(existsSync(fileOf(start.home, "h1"))).toBe(false);
  },
);

const strangers: readonly (readonly [what: string, put: (file: string) => void])[] = [
  [
    "a folder",
    (file) => {
      mkdirSync(file);
    },
  ],
  [
    "a few bytes",
    (file) => {
      writeFileSync(file, "hello");
    },
  ],
  [
    "many bytes",
    (file) => {
      writeFileSync(file, "hello ".repeat(2000));
    },
  ],
  [
    "a link to nothing",
    (file) => {
      symlinkSync(join(dirname(file), "nothing"), file);
    },
  ],
  [
    "a link to itself",
    (file) => {
      symlinkSync(file, file);
    },
  ],
];

test.each(strangers)("%s at the place of an HSM: which server, and what to remove", async (_, put) => {
  for (const host of ["h0", "h1"]) {
    const start = newHome();
    mkdirSync(start.home);
    put(fileOf(start.home, host));
    const { status, stdout, stderr } = await runPiped(start, lines("quit"));
    expect(status).toBe(1);
    expect(stdout).toContain(`Connecting to server '${host}': hostname '${host}', port 2225...\n`);
    expect(stderr).toContain(`Connection to server ${host}(${host}) on port 2225 failed:`);
    expect(stderr).toContain(`${fileOf(start.home, host)} is not the file of an HSM: remove it.\n`);
  }
});

test("a home in which nothing can be looked at: which server, which file, and why", async () => {
  const start = newHome();
  const loop = join(dirname(start.home), "loop");
  symlinkSync(loop, loop);
  const long = join(dirname(start.home), "a".repeat(300));
  for (const [home, cause] of [
    [loop, "ELOOP"],
    [long, "ENAMETOOLONG"],
  ] as const) {
    const { status, stderr } = await runPiped(
      { ...start, home, environment: { XDG_STATE_HOME: start.home } },
      lines("quit"),
    );
    expect(status).toBe(1);
    expect(stderr).toContain("Connection to server h0(h0) on port 2225 failed:");
    expect(stderr).toMatch(
      new RegExp(`${fileOf(home, "h0")}: ${cause}: .*: make it readable, or choose another folder`),
    );
  }
});

test.skipIf(isRoot)("an HSM that this user may not read, though the other one can be created", async () => {
  const start = await half();
  chmodSync(fileOf(start.home, "h0"), 0o000);
  const { status, stderr } = await runPiped(start, lines("quit"));
  expect(status).toBe(1);
  expect(stderr).toContain(`hsm-a cannot be inspected (${fileOf(start.home, "h0")}): EACCES`);
});

test("what cannot be locked at the place of the lock is to be removed", async () => {
  for (const put of [
    mkdirSync,
    (path: string) => {
      writeFileSync(path, "hello ".repeat(2000));
    },
  ]) {
    const start = newHome();
    mkdirSync(start.home);
    const lock = join(start.home, "creation.lock");
    put(lock);
    const { status, stderr } = await runPiped(start, lines("quit"));
    expect(status).toBe(1);
    expect(stderr.startsWith(`cloudhsm_mgmt_util: ${lock}`)).toBe(true);
    expect(stderr).toContain(": remove it (it only keeps shells from creating HSMs at the same time)\n");
  }
});

test("a disk that is full while an HSM is created: which one, and its file; with room the next start creates it", async () => {
  const start = newHome();
  // Files may grow to four KiB: SQLite's first page.
  const shell = new Conversation(start, ["/bin/sh", "-c", 'trap "" XFSZ; ulimit -f 8; exec "$@"', "sh"]);
  const { status, stderr } = await shell.end();
  expect(status).toBe(1);
  expect(stderr).toContain(`cloudhsm_mgmt_util: ${start.config}:1:`);
  expect(stderr).toContain(`: hsm-a cannot be created (${fileOf(start.home, "h0")}): `);
  expect(await runPiped(start, lines("quit"))).toMatchObject({ status: 0, stderr: "" });
});
