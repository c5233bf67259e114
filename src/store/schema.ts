import type Database from "libsql";
import { StoreError } from "./store.ts";

/** Everything that the file of an HSM declares. */
export const schema = `CREATE TABLE record (
  collection TEXT NOT NULL, key NOT NULL, text TEXT NOT NULL, PRIMARY KEY (collection, key)
) WITHOUT ROWID`;

/** An error where anything else is declared: a prepared statement would keep the file open after it is closed. */
const comparison = `SELECT json(iif(count(*) = 1 AND min(sql) = '${schema}', '1', '')) FROM sqlite_master`;

/**
 * Refuses a file that declares more or other things than an HSM's file does. A trigger or a view of somebody else's
 * would run with the next request. Throws {@link StoreError}, or what SQLite throws for a file that it cannot read.
 */
export function requireSchema(database: Database.Database, path: string): void {
  try {
    database.exec(comparison);
  } catch (error) {
    if (!(error instanceof Error) || error.message !== "malformed JSON") throw error;
    throw new StoreError("unavailable", `${path}: another program changed what it declares`, {
      cause: error,
    });
  }
}
