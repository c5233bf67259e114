import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { expect, test } from "vitest";
import { inspectFile } from "../../src/store/sqlite/hsm-file.ts";
import { unlimited } from "../../src/store/patience.ts";
import { SqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import type { Snapshot } from "../../src/store/store.ts";
import { addEvent, olderEvent, olderFile, olderFormats } from "../harness/older-files.ts";
import { temporaryFolder } from "../harness/program.ts";

const everything = async (snapshot: Snapshot): Promise<unknown> => ({
  users: await snapshot.list("user"),
  names: await snapshot.list("userName"),
  admin: await snapshot.get("user", 1),
  bob: await snapshot.get("userName", 'o"b'),
  none: [await snapshot.get("user", 2), await snapshot.list("audit"), await snapshot.count("audit")],
  numbers: [await snapshot.count("user"), await snapshot.lastKey("user"), await snapshot.lastEvent()],
  events: await snapshot.events(),
  count: await snapshot.countEvents(),
});

const eventAt = (sequence: number) => ({
  sequence,
  text:
    '{"time":1795602845009408,"opcode":"CN_LOGIN","session":198674010,"response":163,' +
    '"responseText":"HSM Error: RET_USER_LOGIN_FAILURE"}',
});

const expected = {
  users: [
    { key: 1, text: '{"name":"admin"}' },
    { key: 4294967296, text: '"é \\ "' },
  ],
  names: [{ key: 'o"b', text: "1" }],
  admin: '{"name":"admin"}',
  bob: "1",
  none: [undefined, [], 0],
  numbers: [2, 4294967296, 10],
  events: [eventAt(0), eventAt(1), eventAt(10)],
  count: 3,
};

function columnsOf(path: string): readonly string[] {
  const database = new Database(path);
  const select =
    "SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c ORDER BY m.name, c.cid";
  const rows = database.prepare(select).raw().all();
  database.close();
  return (rows as readonly (readonly [string])[]).map(([name]) => name);
}

const newColumns = ["event.sequence", "event.content", "file.id", "record.collection", "record.key", "record.content"];
const applicationIdOf = (path: string): number => readFileSync(path).readUInt32BE(68);

test.each(olderFormats)(
  "a file of format %i is only read as long as nothing is changed, and is one of format 3 from then on",
  async (format) => {
    const path = olderFile(format);
    const before = readFileSync(path);
    const store = await SqliteStore.open(path, unlimited);
    expect(await store.read(everything)).toEqual(expected);
    await store.close();
    expect(readFileSync(path)).toEqual(before);

    const changed = await SqliteStore.open(path, unlimited);
    await changed.change(async (transaction) => {
      expect(await everything(transaction)).toEqual(expected);
      await transaction.put("userName", "eve", "2");
    });
    expect(applicationIdOf(path)).toBe(0x48534d03);
    expect(inspectFile(path)).toMatchObject({ kind: "hsm", idMark: 7 });
    const names = [{ key: "eve", text: "2" }, ...expected.names];
    expect(await changed.read(everything)).toEqual({ ...expected, names });
    await changed.close();
    const reopened = await SqliteStore.open(path, unlimited);
    expect(await reopened.read(everything)).toEqual({ ...expected, names });
    await reopened.close();
    expect(columnsOf(path)).toEqual(newColumns);
  },
);

test.each(olderFormats)(
  "shells that have a file of format %i open at once bring it to format 3 once",
  async (format) => {
    const path = olderFile(format);
    const shells = await Promise.all(Array.from({ length: 6 }, () => SqliteStore.open(path, unlimited)));
    const [reader, ...writers] = shells;
    expect(await reader?.read(everything)).toEqual(expected);
    await Promise.all(
      writers.map((store, at) => store.change((transaction) => transaction.put("user", at + 2, String(at)))),
    );
    const keys = [1, 2, 3, 4, 5, 6, 4294967296];
    for (const store of shells) {
      expect((await store.read((snapshot) => snapshot.list("user"))).map(({ key }) => key)).toEqual(keys);
      expect(await store.read((snapshot) => snapshot.countEvents())).toBe(3);
    }
    await Promise.all(shells.map((store) => store.close()));
  },
);

test.each(olderFormats)(
  "a kill between format %i's successor and its mark in the file's head leaves the new format, with its log",
  async (format) => {
    const path = olderFile(format);
    const store = await SqliteStore.open(path, unlimited);
    const reader = new Database(path);
    // What is being read cannot be written over: the log stays.
    reader.exec("BEGIN; SELECT count(*) FROM record");
    await store.change((transaction) => transaction.put("user", 2, "2"));
    const killed = join(temporaryFolder(), "h0_2225.hsm");
    for (const end of ["", "-wal"]) copyFileSync(`${path}${end}`, `${killed}${end}`);
    reader.exec("COMMIT");
    reader.close();
    await store.close();

    expect([applicationIdOf(killed), existsSync(`${killed}-wal`)]).toEqual([0x48534d00 + format, true]);
    expect(inspectFile(killed)).toMatchObject({ kind: "hsm", idMark: 7 });
    const reopened = await SqliteStore.open(killed, unlimited);
    expect(await reopened.read((snapshot) => snapshot.get("user", 2))).toBe("2");
    await reopened.change((transaction) => transaction.put("user", 3, "3"));
    expect(await reopened.read((snapshot) => snapshot.count("user"))).toBe(4);
    await reopened.close();
    expect(columnsOf(killed)).toEqual(newColumns);
  },
);

test.each([
  ["number", 1, "no number", olderEvent(2)],
  ["text", 1, 11, "event"],
  ["text", 2, 11, "event"],
  ["own number", 2, 11, olderEvent(12)],
  ["details", 2, 11, olderEvent(11, "Log type : MGMT_USER_DETAILS_LOG (2)\nUser Name : bob")],
  ["end", 2, 11, `${olderEvent(11)}\nmore`],
] as const)(
  "a file with an event whose %s (format %i) is not ours stays as it is, and is read",
  async (_, format, key, text) => {
    const path = olderFile(format, addEvent(format, key, text));
    const before = columnsOf(path);
    const store = await SqliteStore.open(path, unlimited);
    for (let round = 0; round < 2; round++) {
      const refused = { name: "StoreError", failure: "damaged", message: /an event of its audit log/ };
      const change = store.change((transaction) => transaction.put("user", 2, "2"));
      await expect(change).rejects.toMatchObject({
        ...refused,
        message: expect.stringMatching(refused.message) as string,
      });
      await expect(store.read((snapshot) => snapshot.events())).rejects.toMatchObject({ failure: "damaged" });
      expect(await store.read((snapshot) => snapshot.get("user", 1))).toBe(expected.admin);
    }
    await store.close();
    expect(columnsOf(path)).toEqual(before);
  },
);

test("a shell of format 1 that still runs cannot write into a file that was brought to a later format", async () => {
  const path = olderFile(1);
  const database = new Database(path);
  const put = database.prepare(
    "INSERT INTO record VALUES (?, ?, ?) ON CONFLICT (collection, key) DO UPDATE SET text = excluded.text",
  );
  const get = database.prepare("SELECT CAST(text AS BLOB) FROM record WHERE collection = ? AND key = ?");
  put.run("user", 2, "2");
  const store = await SqliteStore.open(path, unlimited);
  await store.change((transaction) => transaction.put("user", 3, "3"));
  expect(() => put.run("user", 2, "older")).toThrow("text");
  expect(() => get.get("user", 2)).toThrow("text");
  expect(await store.read((snapshot) => snapshot.get("user", 2))).toBe("2");
  database.close();
  await store.close();
});

test("a shell of format 2 that still runs can add no event to a file that was brought to a later format", async () => {
  const path = olderFile(2);
  const database = new Database(path);
  const append = database.prepare("INSERT INTO event VALUES (?, ?)");
  append.run(11, olderEvent(11));
  const store = await SqliteStore.open(path, unlimited);
  await store.change((transaction) => transaction.put("user", 3, "3"));
  expect(() => append.run(12, olderEvent(12))).toThrow("CHECK constraint failed");
  expect(await store.read((snapshot) => snapshot.countEvents())).toBe(4);
  database.close();
  await store.close();
});

test.each([
  ["format 1 under the mark of format 2", () => olderFile(1), 0x48534d02],
  ["format 2 under the mark of format 3", () => olderFile(2), 0x48534d03],
  ["format 3 under the mark of format 2", newer, 0x48534d02],
  ["format 3 under the mark of format 1", newer, 0x48534d01],
])("%s is refused", async (_, make, mark) => {
  const path = await make();
  const database = new Database(path);
  database.exec(`PRAGMA application_id = ${String(mark)}`);
  database.close();
  await expect(SqliteStore.open(path, unlimited)).rejects.toMatchObject({
    name: "StoreError",
    message: `${path}: another program changed its schema`,
  });
});

async function newer(): Promise<string> {
  const path = olderFile(2);
  const store = await SqliteStore.open(path, unlimited);
  await store.change((transaction) => transaction.put("user", 2, "2"));
  await store.close();
  return path;
}
