import { join } from "node:path";
import Database from "libsql";
import { expect, test } from "vitest";
import { createFile } from "../../src/store/sqlite/new-file.ts";
import { unlimited } from "../../src/store/patience.ts";
import { SqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import { temporaryFolder } from "../harness/program.ts";

/** A file with records that differ in one part of their place each. */
async function create(): Promise<string> {
  const path = join(temporaryFolder(), "h0_2225.hsm");
  await createFile(path, 1, unlimited, async (transaction) => {
    for (const collection of ["user", "key"]) {
      for (const key of [1, 2, "1", "b"]) await transaction.put(collection, key, `"${collection} ${String(key)}"`);
    }
  });
  return path;
}

const content = (collection: string, key: string, from = "main") =>
  `(SELECT content FROM ${from}.record WHERE collection = '${collection}' AND key = ${key})`;
const onto = (value: string) => `UPDATE main.record SET content = ${value} WHERE collection = 'user' AND key = 1`;

/** What another program does to the record of user 1, or puts in its place. */
const copies = {
  "the content of another key": onto(content("user", "2")),
  "the content of a text for a number": onto(content("user", "'1'")),
  "the content of another text": onto(content("user", "'b'")),
  "the content of another collection": onto(content("key", "1")),
  "the content of another file": onto(content("user", "1", "other")),
  "the value alone, as in format 1": onto("'\"user 1\"'"),
  "a place without a value": onto("substr(content, 1, length(content) - length('\"user 1\"]'))"),
  "the place of an older file": onto("replace(content, substr(content, 1, 20), '[\"\"')"),
  "another number for its key": "DELETE FROM record WHERE key = 1; UPDATE record SET key = 1 WHERE key = 2",
  "a text for its key":
    "DELETE FROM record WHERE key = '1'; UPDATE record SET key = '1' WHERE collection = 'user' AND key = 1",
  "another collection": "DELETE FROM record WHERE collection = 'user'; UPDATE record SET collection = 'user'",
  "the identity of another file": "UPDATE main.file SET id = (SELECT id FROM other.file)",
  "no identity of the file": "DELETE FROM main.file",
};

test.each(Object.entries(copies))("a record with %s is refused, looked up and listed", async (_, damage) => {
  const path = await create();
  const database = new Database(path);
  database.exec(`ATTACH '${await create()}' AS other`);
  database.exec(damage);
  database.close();

  const store = await SqliteStore.open(path, unlimited);
  const key = damage.includes("SET key = '1'") ? "1" : 1;
  const refused = { name: "StoreError", failure: "damaged" };
  await expect(store.read((snapshot) => snapshot.get("user", key))).rejects.toMatchObject(refused);
  await expect(store.read((snapshot) => snapshot.list("user"))).rejects.toMatchObject(refused);
  await store.close();
});

test("records that were not touched are read, beside those of another place", async () => {
  const path = await create();
  const database = new Database(path);
  database.exec(onto(content("user", "2")));
  database.close();
  const store = await SqliteStore.open(path, unlimited);
  expect(await store.read((snapshot) => snapshot.get("user", 2))).toBe('"user 2"');
  expect(await store.read((snapshot) => snapshot.list("key"))).toEqual(
    [1, 2, "1", "b"].map((key) => ({ key, text: `"key ${String(key)}"` })),
  );
  // What is written anew is whole again.
  await store.change((transaction) => transaction.put("user", 1, '"anew"'));
  expect(await store.read((snapshot) => snapshot.get("user", 1))).toBe('"anew"');
  await store.close();
});
