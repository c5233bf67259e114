import { spawnSync } from "node:child_process";
import { copyFileSync, linkSync, readdirSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { expect, onTestFinished, test } from "vitest";
import { root, temporaryFolder } from "../harness/program.ts";
import type { Patience } from "../../src/store/patience.ts";
import { FilePresence } from "../../src/store/sqlite/file-presence.ts";
import { SqliteHome } from "../../src/store/sqlite/sqlite-home.ts";
import type { Snapshot } from "../../src/store/store.ts";

const address = { hostname: "h0", port: 2225 };
const admin = (snapshot: Snapshot) => snapshot.get("user", 1);

/** A home with one HSM. */
async function createdHome(): Promise<string> {
  const home = join(temporaryFolder(), "home");
  await new SqliteHome(home).create(address, "hsm-a", (transaction) => transaction.put("user", 1, "admin"));
  return home;
}

/** What one more shell of this process opens. */
function enter(name: string, patience?: Patience): SqliteHome {
  const home = new SqliteHome(name, patience);
  onTestFinished(() => home.close());
  return home;
}

/** Tries, in a process of its own, to have the file of an HSM for itself. */
function hold(path: string): string {
  const script = `
    const database = new (require("libsql"))(process.argv[1]);
    try {
      database.exec("PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
      console.log("held");
    } catch (error) { console.log(error.code); }`;
  return spawnSync(process.execPath, ["-e", script, path], { cwd: root, encoding: "utf8" }).stdout.trim();
}

test("a change waits for that of another shell in this process, and is behind it, however long that takes", async () => {
  const home = await createdHome();
  const [one, other] = [await enter(home).open(address), await enter(home).open(address)];
  const events: string[] = [];
  let end = (): void => undefined;
  const first = one.change(async (transaction) => {
    await transaction.put("user", 2, "alice");
    await new Promise<void>((resolve) => (end = resolve));
    events.push("first");
  });
  const second = other.change(async (transaction) => {
    events.push(`second, with ${(await transaction.get("user", 2)) ?? "nobody"}`);
  });
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(events).toEqual([]);
  end();
  await Promise.all([first, second]);
  expect(events).toEqual(["first", "second, with alice"]);
});

test("an HSM stays open until the last shell of this process has closed it", async () => {
  const home = await createdHome();
  const [one, other] = [await enter(home).open(address), await enter(home).open(address)];
  await one.close();
  await one.close();
  await expect(one.read(admin)).rejects.toMatchObject({ failure: "unavailable" });
  expect(await other.read(admin)).toBe("admin");
  expect(hold(enter(home).placeOf(address))).toBe("SQLITE_BUSY");
  await other.close();
  await expect(other.change(admin)).rejects.toMatchObject({ failure: "unavailable" });
  expect(await (await enter(home).open(address)).read(admin)).toBe("admin");
});

test("a look at an HSM that another shell of this process has open leaves its locks alone", async () => {
  const home = await createdHome();
  const store = await enter(home).open(address);
  await store.read(admin);
  const before = await enter(home).inspect(address);
  const alias = join(temporaryFolder(), "alias");
  symlinkSync(home, alias);
  expect([before.kind, await enter(alias).inspect(address)]).toEqual(["hsm", before]);
  expect(hold(enter(home).placeOf(address))).toBe("SQLITE_BUSY");
  const file = enter(home).placeOf(address);
  linkSync(file, `${file}.twin`);
  expect(await enter(alias).inspect(address)).toMatchObject({ kind: "unusable" });
});

test("an HSM that was closed, looked at and opened again cannot be taken by another process", async () => {
  const home = await createdHome();
  const visitor = enter(home);
  await (await visitor.open(address)).read(admin);
  await visitor.close();
  expect((await enter(home).inspect(address)).kind).toBe("hsm");
  expect(await enter(home).list()).toEqual([address]);
  expect(await (await enter(home).open(address)).read(admin)).toBe("admin");
  expect(hold(visitor.placeOf(address))).toBe("SQLITE_BUSY");
});

test("whoever opens an HSM beside a shell that is called away meanwhile goes on", async () => {
  const home = await createdHome();
  const file = new SqliteHome(home).placeOf(address);
  const other = new Database(file);
  other.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  const calledAway = () => Promise.reject(new Error("called away"));
  const first = enter(home, calledAway).open(address);
  const second = enter(home).open(address);
  await expect(first).rejects.toThrow("called away");
  other.exec("ROLLBACK");
  other.close();
  expect(await (await second).read(admin)).toBe("admin");
});

test("a request waits for other processes as long as its own shell does", async () => {
  const home = await createdHome();
  const calledAway = () => Promise.reject(new Error("called away"));
  const [one, other] = [await enter(home, calledAway).open(address), await enter(home).open(address)];
  const process = new Database(new SqliteHome(home).placeOf(address));
  process.exec("BEGIN IMMEDIATE");
  const impatient = one.change((transaction) => transaction.put("user", 3, "bob"));
  const patient = other.change((transaction) => transaction.put("user", 2, "alice"));
  await expect(impatient).rejects.toThrow("called away");
  process.exec("ROLLBACK");
  process.close();
  await patient;
  expect(await one.read((snapshot) => snapshot.count("user"))).toBe(2);
});

test("whoever opens an HSM that was put back gets that one, and not the one that is still open", async () => {
  const home = await createdHome();
  const file = new SqliteHome(home).placeOf(address);
  const twin = join(temporaryFolder(), "twin.hsm");
  copyFileSync(file, twin);
  const shell = enter(home);
  const before = await shell.open(address);
  await before.change((transaction) => transaction.put("user", 1, "changed"));
  await shell.settle();
  renameSync(twin, file);
  await expect(before.read(admin)).rejects.toMatchObject({ failure: "unavailable" });
  expect(await (await enter(home).open(address)).read(admin)).toBe("admin");
});

test("two shells of this process have a mark each, and each is alive until it leaves", async () => {
  const home = join(temporaryFolder(), "home");
  const [one, other] = [new FilePresence(home), new FilePresence(home)];
  const marks = [await one.announce(), await other.announce()] as const;
  expect(marks[0]).not.toBe(marks[1]);
  for (const mark of marks) expect([await one.isAlive(mark), await other.isAlive(mark)]).toEqual([true, true]);
  one.close();
  expect([await one.isAlive(marks[0]), await other.isAlive(marks[0])]).toEqual([false, false]);
  expect([await one.isAlive(marks[1]), await other.isAlive(marks[1])]).toEqual([true, true]);
  expect(readdirSync(join(home, "sessions"))).toEqual([marks[1]]);
  other.close();
});

test("another process has a file for itself that this one has closed and given back", async () => {
  const name = await createdHome();
  const visitor = enter(name);
  await (await visitor.open(address)).read(admin);
  await visitor.close();
  await visitor.giveBack();
  expect(hold(visitor.placeOf(address))).toBe("held");
});
