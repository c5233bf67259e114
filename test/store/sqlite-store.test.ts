import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import Database from "libsql";
import { expect, test } from "vitest";
import { SqliteStore } from "../../src/store/sqlite-store.ts";
import { temporaryFolder } from "../harness/program.ts";

/** The file of an HSM whose creation was cut off before its last step, the switch to a write-ahead log. */
async function cutOff(): Promise<string> {
  const path = join(temporaryFolder(), "h0_2225.hsm");
  await SqliteStore.create(path, 1, (transaction) => transaction.put("user", 1, "admin"));
  const database = new Database(path);
  database.pragma("journal_mode = DELETE");
  database.close();
  return path;
}

test("waits while another shell holds the file whose creation it completes", async () => {
  const path = await cutOff();
  const other = new Database(path);
  other.exec("BEGIN IMMEDIATE");

  const opened = SqliteStore.open(path);
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
