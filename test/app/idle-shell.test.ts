import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import Database from "libsql";
import { describe, expect, test } from "vitest";
import { fileOf } from "../harness/audit.ts";
import { isMissing } from "../harness/debian.ts";
import { inFile } from "../harness/keepers.ts";
import { type Start, environmentOf, lines, program, runPiped, temporaryFolder } from "../harness/program.ts";
import { StreamReader } from "../../src/terminal/stream-reader.ts";
import { Writer } from "../../src/terminal/writer.ts";
import { SqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import { Terminal } from "../harness/terminal.ts";
import { emptyHome, hosts, quit, shell } from "../harness/three-hsms.ts";

/** A home with backups of the files of its HSMs alone. */
function restored(start: Start): Start {
  const home = join(temporaryFolder(), "home");
  mkdirSync(home);
  for (const host of hosts) copyFileSync(fileOf(start.home, host), fileOf(home, host));
  return { ...start, home };
}

async function usersIn(start: Start): Promise<number> {
  const { stdout } = await runPiped(start, lines("listUsers", "quit"));
  return stdout.match(/\bbob\b/g)?.length ?? 0;
}

function logSize(start: Start, host: string): number {
  const log = `${fileOf(start.home, host)}-wal`;
  return existsSync(log) ? statSync(log).size : 0;
}

describe("a backup of the files alone lacks nothing that was acknowledged", () => {
  test.each([
    ["at the prompt", "createUser CU bob bob12345\ry\r", "createUser success on server 2(h2)\r\naws-cloudhsm>"],
    ["at a question", "createUser CU bob bob12345\ry\rdeleteUser CO nobody\r", "(R/B/I):"],
    ["at a hidden password", "createUser CU bob bob12345\ry\rchangePswd CU bob -hpswd\r", "Enter new password:"],
    ["in server mode", "createUser CU bob bob12345\ry\rserver 1\r", "server1>"],
  ])("while a shell waits %s, and after it was killed there", async (_where, typed, until) => {
    const start = emptyHome();
    await runPiped(start, lines("quit"));
    const terminal = new Terminal(start);
    await terminal.expect("aws-cloudhsm>");
    terminal.send("loginHSM CO admin co12345\r");
    await terminal.expect("loginHSM success on server 2(h2)\r\naws-cloudhsm>");
    terminal.send(typed);
    await terminal.expect(until);
    const [open, killed] = [restored(start), restored(start)];
    terminal.kill("SIGKILL");
    await terminal.end();
    expect(hosts.map((host) => logSize(start, host))).toEqual([0, 0, 0]);
    for (const host of hosts) copyFileSync(fileOf(start.home, host), fileOf(killed.home, host));
    expect([await usersIn(open), await usersIn(killed)]).toEqual([3, 3]);
  });

  test("on a pipe that is spoken to line by line", async () => {
    const start = emptyHome();
    const mine = await shell(start, "loginHSM CO admin co12345");
    await mine.say("createUser CU bob bob12345");
    await mine.say("y");
    expect(hosts.map((host) => logSize(start, host))).toEqual([0, 0, 0]);
    expect(await usersIn(restored(start))).toBe(3);
    await quit(mine);
  });
});

test("a shell that waits while another one writes leaves the log to that one", async () => {
  const start = emptyHome();
  const mine = await shell(start, "loginHSM CO admin co12345");
  const other = new Database(fileOf(start.home, "h1"));
  other.exec("BEGIN IMMEDIATE");
  await mine.say("info");
  other.exec("ROLLBACK");
  other.close();
  await mine.say("createUser CU bob bob12345");
  expect(await mine.say("y")).toContain("createUser success on server 2(h2)");
  await quit(mine);
});

test("a store that settles goes on, empties its log each time, and never rejects", async () => {
  const path = join(temporaryFolder(), "live.hsm");
  const keeper = inFile(path);
  await keeper.create((transaction) => transaction.put("user", 1, "admin"));
  const store = await SqliteStore.open(path, () => true);
  for (let user = 2; user < 6; user++) {
    await store.change((transaction) => transaction.put("user", user, "x"));
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
    await store.settle();
    expect(statSync(`${path}-wal`).size).toBe(0);
  }
  expect(await store.read((snapshot) => snapshot.count("user"))).toBe(5);
  await store.close();
  await store.settle();
});

/** Sends lines in pieces, which come while a line is read; returns how often the reader had nothing at hand. */
async function readAll(count: number, pieces: number): Promise<number> {
  const stream = new PassThrough();
  let settled = 0;
  const size = { columns: () => undefined, rows: () => undefined };
  const destination = { stream: new PassThrough(), isTerminal: false, movesCursor: false, ...size };
  const writer = new Writer(destination, () => undefined);
  const text = lines(...Array.from({ length: count }, (_, at) => `info server ${String(at)}`));
  const length = Math.ceil(text.length / pieces);
  const unsent = Array.from({ length: pieces }, (_, at) => text.slice(at * length, (at + 1) * length));
  const reader = new StreamReader(stream, "input", writer, () => {
    settled++;
    stream.write(unsent.shift() ?? "");
    return Promise.resolve();
  });
  for (let line = 0; line < count; line++) {
    expect(await reader.read("", "command")).toEqual({ kind: "line", text: `info server ${String(line)}` });
  }
  return settled;
}

test.each([1, 3, 50])("1,000 lines in %i pieces empty the log once a piece at most", async (pieces) => {
  expect(await readAll(1000, pieces)).toBeLessThanOrEqual(pieces);
});

test.skipIf(isMissing("strace"))("a script that comes in one piece empties no log before its end", async () => {
  const start = emptyHome();
  await runPiped(start, lines("quit"));
  const traced = ["-f", "-e", "trace=ftruncate", "-o", join(start.home, "calls"), process.execPath, program];
  const logins = Array.from({ length: 100 }, () => ["loginHSM CO admin co12345", "logoutHSM"]).flat();
  const input = lines(...logins, "quit");
  const { status } = spawnSync("strace", [...traced, ...start.words], { input, env: environmentOf(start) });
  expect(status).toBe(0);
  // Each log once at the beginning, and once at the end.
  expect(readFileSync(join(start.home, "calls"), "utf8").match(/ftruncate/g)?.length).toBeLessThan(20);
});
