import { mkdirSync, readdirSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { describe, expect, test } from "vitest";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import { SqliteHome } from "../../src/store/sqlite/sqlite-home.ts";
import { createFile } from "../../src/store/sqlite/new-file.ts";
import { unlimited } from "../../src/store/patience.ts";
import { FilePresence } from "../../src/store/sqlite/file-presence.ts";
import { SqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import { temporaryFolder } from "../harness/program.ts";

/** Files below a folder that this process has open. */
function openBelow(folder: string): readonly string[] {
  return readdirSync("/proc/self/fd").flatMap((descriptor) => {
    try {
      const path = readlinkSync(join("/proc/self/fd", descriptor));
      return path.startsWith(folder) ? [path.slice(folder.length)] : [];
    } catch {
      // The descriptor of the listing itself is closed by now.
      return [];
    }
  });
}

const create = (path: string) => createFile(path, 1, unlimited, (transaction) => transaction.put("user", 1, "{}"));

/** Ways in which a file does not become an HSM that answers. */
const failures = {
  "an HSM without an identity": create,
  "a database without records": (path: string) => {
    const database = new Database(path);
    database.exec("CREATE TABLE photo (name)");
    database.close();
  },
  "an HSM with a trigger": async (path: string) => {
    await create(path);
    const database = new Database(path);
    database.exec("CREATE TRIGGER t AFTER INSERT ON record BEGIN DELETE FROM record; END");
    database.close();
  },
  "a damaged database": async (path: string) => {
    await create(path);
    writeFileSync(path, "x".repeat(4096), { flag: "r+" });
  },
  "an identity that is not JSON": async (path: string) => {
    await createFile(path, 1, unlimited, (transaction) => transaction.put("identity", "hsm", "{"));
  },
  "an identity that lacks a part": async (path: string) => {
    await createFile(path, 1, unlimited, (transaction) => transaction.put("identity", "hsm", "{}"));
  },
  "a folder": (path: string) => {
    mkdirSync(path);
  },
  "a text": (path: string) => {
    writeFileSync(path, "no database");
  },
} as const;

describe.skipIf(process.platform !== "linux")("nothing stays open, and nothing stays locked:", () => {
  test.each(Object.entries(failures))("of %s, which is asked again and again", async (name, make) => {
    const readable = name.includes("identity");
    const folder = temporaryFolder();
    const path = join(folder, "h0_2225.hsm");
    await make(path);
    const surroundings = { clock: () => 0, presence: new FilePresence(folder) };
    const home = new SqliteHome(folder);
    // What making it has left behind is no matter of this test.
    await home.giveBack();
    const before = openBelow(folder);
    const address = { hostname: "h0", port: 2225 };
    for (let round = 0; round < 20; round++) {
      await expect(openHsm(home.open(address), surroundings)).rejects.toThrow();
      if (!readable) await expect(SqliteStore.open(path, unlimited)).rejects.toThrow();
    }
    // One connection to what can be read, however often it is asked.
    const names = ["", "-shm", "-wal"].map((end) => `/h0_2225.hsm${end}`);
    expect([...openBelow(folder)].sort()).toEqual([...before, ...(readable ? names : [])].sort());
    await home.close();
  });

  test("no lock of a creation that fails", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "h0_2225.hsm");
    const refused = () => Promise.reject(new Error("refused"));
    for (let round = 0; round < 20; round++) {
      await expect(createFile(path, 1, unlimited, refused)).rejects.toThrow("refused");
      await expect(
        createFile(path, 1, unlimited, async (transaction) => {
          await transaction.put("user", 1, "{}");
          throw new Error("later");
        }),
      ).rejects.toThrow("later");
    }
    await createFile(path, 1, unlimited, (transaction) => transaction.put("user", 1, "{}"));
  });

  test("of marks that are no marks, and nobody lives behind them", async () => {
    const home = temporaryFolder();
    const folder = join(home, "sessions");
    mkdirSync(folder);
    const mark = (digit: string) => join(folder, digit.repeat(16));
    writeFileSync(mark("1"), "-----BEGIN CERTIFICATE-----\n");
    mkdirSync(mark("2"));
    writeFileSync(mark("3"), "");
    symlinkSync(mark("3"), mark("4"));
    symlinkSync(mark("5"), mark("5"));
    const theirs = new Database(mark("6"));
    theirs.exec("CREATE TABLE photo (name); BEGIN EXCLUSIVE");
    writeFileSync(mark("7"), Buffer.alloc(5000, 7));
    symlinkSync("/dev/zero", mark("8"));
    writeFileSync(mark("9"), "SQLite format 3\0");

    const presence = new FilePresence(home);
    for (let round = 0; round < 20; round++) {
      for (const digit of "0123456789") expect(await presence.isAlive(digit.repeat(16))).toBe(false);
      for (const name of ["", "..", "../../etc", "x".repeat(16)]) expect(await presence.isAlive(name)).toBe(false);
    }
    theirs.close();
    expect(openBelow(home)).toEqual([]);
    expect(await new FilePresence(home).isAlive(await presence.announce())).toBe(true);
    presence.close();
    expect(openBelow(home)).toEqual([]);
  });
});
