import { copyFileSync, existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { expect, test } from "vitest";
import { auditLog, fileOf } from "../harness/audit.ts";
import { inFile } from "../harness/keepers.ts";
import { lines, runPiped, temporaryFolder } from "../harness/program.ts";
import { Terminal } from "../harness/terminal.ts";
import { emptyHome } from "../harness/three-hsms.ts";
import { inspectFile } from "../../src/store/sqlite/hsm-file.ts";
import type { Store } from "../../src/store/store.ts";

async function createUsers(store: Store, count: number): Promise<void> {
  for (let user = 0; user < count; user++) {
    await store.change(async (transaction) => {
      await transaction.put("user", ((await transaction.lastKey("user")) as number) + 1, "x".repeat(400));
    });
  }
}

/** The files as a shell leaves them that is killed now: what was not synced does not matter to who reads them. */
function copyBoth(from: string, to: string): void {
  copyFileSync(from, to);
  if (existsSync(`${from}-wal`)) copyFileSync(`${from}-wal`, `${to}-wal`);
}

/** Users that an HSM was backed up with and went on with, and whether the shell in between ended before. */
const shapes = [0, 1, 7, 60].flatMap((before) =>
  [1, 2, 30].flatMap((after) => ["cleanly", "killed"].map((end) => ({ before, after, end }))),
);

test.each(shapes)("a backup with $before users, put back beside the log of $after more, $end before", async (shape) => {
  const live = join(temporaryFolder(), "live.hsm");
  const backup = copyPlace();
  const keeper = inFile(live);
  await keeper.create((transaction) => transaction.put("user", 1, "admin"));
  const first = await keeper.open();
  await createUsers(first, shape.before);
  if (shape.end === "cleanly") await first.close();
  copyBoth(live, backup);
  const second = await keeper.open();
  await createUsers(second, shape.after);
  const [killed, restored, both] = [copyPlace(), copyPlace(), copyPlace()];
  for (const place of [killed, restored]) copyBoth(live, place);

  expect(statSync(`${killed}-wal`).size).toBeGreaterThan(0);
  expect(inspectFile(killed)).toMatchObject({ kind: "hsm" });
  expect(usersOf(killed)).toBe(1 + shape.before + shape.after);
  copyFileSync(backup, restored);
  expect(inspectFile(restored)).toEqual({ kind: "otherLog" });

  // A backup that has a log of its own is put back with it.
  copyBoth(backup, both);
  expect(inspectFile(both)).toMatchObject({ kind: "hsm" });
  expect(usersOf(both)).toBe(1 + shape.before);
});

test("whatever other shells read and write meanwhile, a killed shell's file goes with its log, an earlier copy does not", async () => {
  const live = join(temporaryFolder(), "live.hsm");
  const keeper = inFile(live);
  await keeper.create((transaction) => transaction.put("user", 1, "admin"));
  const [one, two, reader] = [await keeper.open(), await keeper.open(), await keeper.open()];
  const backup = copyPlace();
  copyBoth(live, backup);
  const check = (users: number): void => {
    const killed = copyPlace();
    copyBoth(live, killed);
    expect(inspectFile(killed)).toMatchObject({ kind: "hsm" });
    const writtenBack = writeBack(killed);
    expect(inspectFile(writtenBack)).toMatchObject({ kind: "hsm" });
    expect([usersOf(killed), usersOf(writtenBack)]).toEqual([users, users]);
  };

  for (let round = 0; round < 6; round++) {
    await Promise.all([createUsers(one, 1), createUsers(two, 1)]);
    check(3 + 6 * round);
    // Nothing can be written back completely, and what is begun then may be a new log.
    await reader.read(async (snapshot) => {
      await snapshot.count("user");
      await createUsers(one, 1);
      check(4 + 6 * round);
      const third = await keeper.open();
      await createUsers(third, 1);
      check(5 + 6 * round);
      await third.close();
      await createUsers(one, 1);
      check(6 + 6 * round);
    });
    await createUsers(await keeper.open(), 1);
    check(7 + 6 * round);
  }
  copyFileSync(backup, live);
  expect(inspectFile(live)).toEqual({ kind: "otherLog" });
});

test("a log that an older version wrote, which says no generation, is taken", async () => {
  const live = join(temporaryFolder(), "live.hsm");
  await inFile(live).create((transaction) => transaction.put("user", 1, "admin"));
  const [older, killed] = [new Database(live), copyPlace()];
  older.exec("INSERT INTO record VALUES ('user', 2, 'alice')");
  copyBoth(live, killed);
  older.close();

  expect(statSync(`${killed}-wal`).size).toBeGreaterThan(0);
  expect(inspectFile(killed)).toMatchObject({ kind: "hsm" });
  const store = await inFile(killed).open();
  await createUsers(store, 1);
  const again = copyPlace();
  copyBoth(killed, again);
  expect(inspectFile(again)).toMatchObject({ kind: "hsm" });
  expect(usersOf(again)).toBe(3);
});

/** A folder of its own for each copy: what a library that closes late still holds is not to be in the way. */
function copyPlace(): string {
  return join(temporaryFolder(), "live.hsm");
}

/** The files of a shell that is killed when its log is in the file and not empty yet. */
function writeBack(path: string): string {
  const database = new Database(path);
  database.exec("PRAGMA wal_checkpoint(PASSIVE)");
  const place = copyPlace();
  copyBoth(path, place);
  database.close();
  return place;
}

function usersOf(path: string): number {
  const database = new Database(path);
  const [count] = database.prepare("SELECT count(*) FROM record WHERE collection = 'user'").raw().get() as [number];
  database.close();
  return count;
}

test("a start names the log that a file which was put back does not go with; without it the file is restored", async () => {
  const start = emptyHome();
  await runPiped(start, lines("quit"));
  const file = fileOf(start.home, "h0");
  const backup = join(start.home, "..", "backup");
  copyFileSync(file, backup);
  // While it waits for a line the log is empty: it is killed while it waits for another process.
  const other = new Database(fileOf(start.home, "h1"));
  const killed = new Terminal(start);
  await killed.expect("aws-cloudhsm>");
  killed.send("loginHSM CO admin co12345\r");
  await killed.expect("loginHSM success on server 2(h2)\r\naws-cloudhsm>");
  other.exec("BEGIN IMMEDIATE");
  killed.send("createUser CU mallory mallory123\ry\r");
  await killed.expect("createUser success on server 0(h0)");
  killed.kill("SIGKILL");
  await killed.end();
  other.close();

  copyFileSync(backup, file);
  const refused = await runPiped(start, lines("listUsers", "quit"));
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain(`remove ${file}-wal and ${file}-shm to keep what the file holds`);
  expect(refused.stdout).not.toContain("mallory");

  for (const end of ["-wal", "-shm"]) rmSync(`${file}${end}`);
  const { stdout, status } = await runPiped(start, lines("server 0", "listUsers", "quit"));
  expect({ status, restored: !stdout.includes("mallory") }).toEqual({ status: 0, restored: true });
  expect(auditLog(start.home, "h0").map(({ user }) => user)).not.toContain("mallory");
});
