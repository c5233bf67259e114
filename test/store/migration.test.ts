import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { expect, test } from "vitest";
import { inspectFile } from "../../src/store/sqlite/hsm-file.ts";
import { unlimited } from "../../src/store/patience.ts";
import { SqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import type { Snapshot } from "../../src/store/store.ts";
import { temporaryFolder } from "../harness/program.ts";

const declaration =
  "CREATE TABLE record (\n  collection TEXT NOT NULL, key NOT NULL, text TEXT NOT NULL, " +
  "PRIMARY KEY (collection, key)\n) WITHOUT ROWID";

/** An HSM's file as an earlier version wrote it, which kept numbers as floating ones. */
function older(more = ""): string {
  const path = join(temporaryFolder(), "h0_2225.hsm");
  const database = new Database(path);
  database.exec(`${declaration};
    INSERT INTO record VALUES ('user', 1.0, '{"name":"admin"}'), ('user', 4294967296.0, '"é \\ "'), ('userName', 'o"b', '1'),
      ('audit', 0.0, 'first'), ('audit', 1.0, 'second'), ('audit', 10.0, 'eleventh'); ${more}`);
  database.exec("PRAGMA application_id = 0x48534d01; PRAGMA user_version = 7; PRAGMA journal_mode = WAL");
  database.close();
  return path;
}

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
  events: [
    { sequence: 0, text: "first" },
    { sequence: 1, text: "second" },
    { sequence: 10, text: "eleventh" },
  ],
  count: 3,
};

function columnsOf(path: string): readonly string[] {
  const database = new Database(path);
  const rows = database.prepare("SELECT name FROM pragma_table_info('record')").raw().all();
  database.close();
  return (rows as readonly (readonly [string])[]).map(([name]) => name);
}

const columns = { 1: ["collection", "key", "text"], 2: ["collection", "key", "content"] };
const applicationIdOf = (path: string): number => readFileSync(path).readUInt32BE(68);

test("a file of format 1 is only read as long as nothing is changed, and is one of format 2 from then on", async () => {
  const path = older();
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
  expect(applicationIdOf(path)).toBe(0x48534d02);
  expect(inspectFile(path)).toEqual({ kind: "hsm", idMark: 7 });
  const names = [{ key: "eve", text: "2" }, ...expected.names];
  expect(await changed.read(everything)).toEqual({ ...expected, names });
  await changed.close();
  const reopened = await SqliteStore.open(path, unlimited);
  expect(await reopened.read(everything)).toEqual({ ...expected, names });
  await reopened.close();
  expect(columnsOf(path)).toEqual(columns[2]);
});

test("shells that have a file of format 1 open at once bring it to format 2 once", async () => {
  const path = older();
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
});

test("a kill between the new format and its mark in the file's head leaves the new format, with its log", async () => {
  const path = older();
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

  expect([applicationIdOf(killed), existsSync(`${killed}-wal`)]).toEqual([0x48534d01, true]);
  expect(inspectFile(killed)).toEqual({ kind: "hsm", idMark: 7 });
  const reopened = await SqliteStore.open(killed, unlimited);
  expect(await reopened.read((snapshot) => snapshot.get("user", 2))).toBe("2");
  await reopened.change((transaction) => transaction.put("user", 3, "3"));
  expect(await reopened.read((snapshot) => snapshot.count("user"))).toBe(4);
  await reopened.close();
  expect(columnsOf(killed)).toEqual(columns[2]);
});

test("what cannot be brought to format 2 stays as it is, and is read", async () => {
  const path = older("INSERT INTO record VALUES ('audit', 'no number', 'event')");
  const store = await SqliteStore.open(path, unlimited);
  for (let round = 0; round < 2; round++) {
    const refused = store.change((transaction) => transaction.put("user", 2, "2"));
    await expect(refused).rejects.toMatchObject({ name: "StoreError", failure: "failed" });
    expect(await store.read((snapshot) => snapshot.get("user", 1))).toBe(expected.admin);
  }
  await store.close();
  expect(columnsOf(path)).toEqual(columns[1]);
});

test("a shell of an older version that still runs cannot write into a file of format 2", async () => {
  const path = older();
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

test.each([
  ["format 1 under the mark of format 2", older, 0x48534d02],
  ["format 2 under the mark of format 1", newer, 0x48534d01],
])("%s is refused", async (_, make, mark) => {
  const path = await make();
  const database = new Database(path);
  database.exec(`PRAGMA application_id = ${String(mark)}`);
  database.close();
  await expect(SqliteStore.open(path, unlimited)).rejects.toMatchObject({
    name: "StoreError",
    message: `${path}: another program changed what it declares`,
  });
});

async function newer(): Promise<string> {
  const path = older();
  const store = await SqliteStore.open(path, unlimited);
  await store.change((transaction) => transaction.put("user", 2, "2"));
  await store.close();
  return path;
}
