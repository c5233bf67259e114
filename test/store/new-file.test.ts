import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fileOf } from "../harness/audit.ts";
import { runPiped, temporaryFolder } from "../harness/program.ts";
import { emptyHome } from "../harness/three-hsms.ts";
import { inspectFile } from "../../src/store/sqlite/hsm-file.ts";
import { createFile } from "../../src/store/sqlite/new-file.ts";
import { unlimited } from "../../src/store/patience.ts";
import { SqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import type { Transaction } from "../../src/store/store.ts";

const admin = (transaction: Transaction) => transaction.put("user", 1, "admin");
const newPath = () => join(temporaryFolder(), "h0_2225.hsm");

/** What a file of an HSM has that can be opened. */
async function userIn(path: string): Promise<string | undefined> {
  const store = await SqliteStore.open(path, unlimited);
  const user = await store.read((snapshot) => snapshot.get("user", 1));
  await store.close();
  return user;
}

test("a file has its name only when all of it is written, and its own mode before", async () => {
  const path = newPath();
  await createFile(path, 1, unlimited, async (transaction) => {
    await admin(transaction);
    expect(existsSync(path)).toBe(false);
    expect(statSync(`${path}.new`).mode & 0o777).toBe(0o600);
  });
  expect(inspectFile(path)).toMatchObject({ kind: "hsm", idMark: 1 });
  expect(readdirSync(join(path, "..")).filter((name) => name.includes(".new"))).toEqual([]);
  expect(await userIn(path)).toBe("admin");
});

test("a creation that fails leaves nothing", async () => {
  const path = newPath();
  const refused = () => Promise.reject(new Error("refused"));
  await expect(createFile(path, 1, unlimited, refused)).rejects.toThrow("refused");
  expect(readdirSync(join(path, ".."))).toEqual([]);
});

describe("what a killed creation left is cleared away by the next one:", () => {
  const garbage = "what is no database";
  test.each([".new", ".new-journal", ".new-wal", ".new-shm", "-journal", "-wal", "-shm"])("%s", async (end) => {
    const path = newPath();
    writeFileSync(`${path}${end}`, garbage);
    await createFile(path, 1, unlimited, admin);
    expect(await userIn(path)).toBe("admin");
    // The store's own log may stay until the library lets go of it.
    expect(readdirSync(join(path, "..")).filter((name) => /new|journal/.test(name))).toEqual([]);
  });

  test("a link of that name, whose file stays as it is", async () => {
    const path = newPath();
    const other = join(temporaryFolder(), "other");
    writeFileSync(other, garbage);
    symlinkSync(other, `${path}.new`);
    await createFile(path, 1, unlimited, admin);
    expect(readFileSync(other, "utf8")).toBe(garbage);
    expect(await userIn(path)).toBe("admin");
  });
});

describe("a file of 0 bytes is an HSM that lost all that it held:", () => {
  test.each(["before the first start", "after it"])("it is said to be damaged, and stays, %s", async (when) => {
    const start = emptyHome();
    if (when === "after it") await runPiped(start, "quit\n");
    const file = fileOf(start.home, "h1");
    mkdirSync(start.home, { recursive: true, mode: 0o700 });
    writeFileSync(file, "", { mode: 0o600 });
    for (const end of ["-wal", "-shm"]) rmSync(`${file}${end}`, { force: true });
    const { status, stdout, stderr } = await runPiped(start, "listUsers\nquit\n");
    expect(status).toBe(1);
    expect(stdout).not.toContain("Users on server");
    expect(stderr).toContain(`${file} is damaged: it has 0 bytes`);
    expect(stderr).toContain(`remove it with ${file}-wal and ${file}-shm`);
    expect(statSync(file).size).toBe(0);
  });
});
