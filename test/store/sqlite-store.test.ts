import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import Database from "libsql";
import { expect, test } from "vitest";
import { createFile } from "../../src/store/sqlite/new-file.ts";
import { unlimited } from "../../src/store/patience.ts";
import { SqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import { temporaryFolder } from "../harness/program.ts";

/** The file of an HSM whose creation was cut off before its last step, the switch to a write-ahead log. */
async function cutOff(): Promise<string> {
  const path = join(temporaryFolder(), "h0_2225.hsm");
  await createFile(path, 1, unlimited, (transaction) => transaction.put("user", 1, "admin"));
  const database = new Database(path);
  database.pragma("journal_mode = DELETE");
  database.close();
  return path;
}

test("waits while another shell holds the file whose creation it completes", async () => {
  const path = await cutOff();
  const other = new Database(path);
  other.exec("BEGIN IMMEDIATE");

  const opened = SqliteStore.open(path, unlimited);
  const outcome = opened.then(
    () => "opened",
    (error: unknown) => String(error),
  );
  expect(await Promise.race([outcome, setTimeout(100, "waiting")])).toBe("waiting");
  other.exec("COMMIT");
  other.close();
  expect(await outcome).toBe("opened");

  const store = await opened;
  expect(await store.read((snapshot) => snapshot.get("user", 1))).toBe("admin");
  await store.close();
});

/** A store with one record. */
async function storeOf(text: string): Promise<{ readonly path: string; readonly store: SqliteStore }> {
  const path = join(temporaryFolder(), "h0_2225.hsm");
  await createFile(path, 1, unlimited, (transaction) => transaction.put("user", 1, text));
  return { path, store: await SqliteStore.open(path, unlimited) };
}

test("a transaction that is undone goes on with what there was before", async () => {
  const { store } = await storeOf("admin");
  await store.change(async (transaction) => {
    await transaction.undo();
    await transaction.put("user", 1, "nobody");
    await transaction.put("user", 2, "alice");
    await transaction.undo();
    expect(await transaction.get("user", 1)).toBe("admin");
    await transaction.put("user", 3, "bob");
  });
  const records = await store.read((snapshot) => snapshot.list("user"));
  expect(records).toEqual([
    { key: 1, text: "admin" },
    { key: 3, text: "bob" },
  ]);
  await store.close();
});

test("keys are numbers before texts, and texts are given back as they are", async () => {
  const { store } = await storeOf('\ufeffé \u2028 \0 " \\ \n');
  await store.change(async (transaction) => {
    await transaction.put("user", 'é"', "text");
    await transaction.put("user", 10, "ten");
  });
  const look = await store.read(async (snapshot) => ({
    list: await snapshot.list("user"),
    one: await snapshot.get("user", 1),
    last: await snapshot.lastKey("user"),
    none: [await snapshot.get("user", 2), await snapshot.lastKey("key"), await snapshot.list("key")],
  }));
  expect(look).toEqual({
    list: [
      { key: 1, text: '\ufeffé \u2028 \0 " \\ \n' },
      { key: 10, text: "ten" },
      { key: 'é"', text: "text" },
    ],
    one: '\ufeffé \u2028 \0 " \\ \n',
    last: 'é"',
    none: [undefined, undefined, []],
  });
  await store.close();
});

test.each(["get", "list"] as const)("a record that is not UTF-8 any more is damaged, in %s", async (request) => {
  const { path, store } = await storeOf("admin");
  await store.close();
  const database = new Database(path);
  database.exec("UPDATE record SET content = CAST(X'61ff' AS TEXT)");
  database.close();
  const damaged = await SqliteStore.open(path, unlimited);
  const looked = damaged.read<unknown>((snapshot) =>
    request === "get" ? snapshot.get("user", 1) : snapshot.list("user"),
  );
  await expect(looked).rejects.toMatchObject({ name: "StoreError", failure: "damaged" });
  await damaged.close();
});

test("opens a file that was written by an earlier version", async () => {
  const path = join(temporaryFolder(), "h0_2225.hsm");
  const database = new Database(path);
  database.exec(
    "CREATE TABLE record (\n  collection TEXT NOT NULL, key NOT NULL, text TEXT NOT NULL, " +
      "PRIMARY KEY (collection, key)\n) WITHOUT ROWID; INSERT INTO record VALUES ('user', 1, 'admin')",
  );
  database.exec("PRAGMA application_id = 0x48534d01; PRAGMA user_version = 1; PRAGMA journal_mode = WAL");
  database.close();
  const store = await SqliteStore.open(path, unlimited);
  expect(await store.read((snapshot) => snapshot.get("user", 1))).toBe("admin");
  await store.close();
});
