// What a durable change costs at the least on this disk.
import { join } from "node:path";
import { folder } from "./home.mjs";
import { finish, timed } from "./measure.mjs";

/** Times the sqlite3 shell inserting rows one by one, each of them synced. */
export function insertRows(count) {
  const file = join(folder(), "rows.db");
  const setUp =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE record (id INTEGER PRIMARY KEY, text);";
  const inserts = Array.from(
    { length: count },
    (_, id) => `INSERT INTO record VALUES (${String(id)}, '${"x".repeat(200)}');`,
  );
  return timed(() => finish("sqlite3", [file], { input: [setUp, ...inserts].join("\n") }));
}
