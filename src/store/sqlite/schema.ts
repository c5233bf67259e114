import type Database from "libsql";
import { applicationIds } from "./hsm-file.ts";
import { StoreError } from "../store.ts";

/**
 * How a file keeps its records. In format 1 they do not say where they belong, and the audit log is a collection; in
 * format 2 every record says its place, and the log has a table of its own; in format 3 its events are JSON, too.
 */
export type Format = 1 | 2 | 3;

/** The format of the files that are written. */
export const currentFormat = 3;

/** In the order of their names, as all of a format. */
const fileAndRecord = [
  "CREATE TABLE file (id TEXT NOT NULL)",
  // A column of format 1 is gone: its programs that still run cannot write into the table.
  `CREATE TABLE record (
  collection TEXT NOT NULL, key NOT NULL, content TEXT NOT NULL, PRIMARY KEY (collection, key)
) WITHOUT ROWID`,
] as const;

/** Programs of format 2 that still run would append their texts, but for the check. */
export const eventTable =
  "CREATE TABLE event (sequence INTEGER PRIMARY KEY, content TEXT NOT NULL CHECK (json_valid(content)))";

const declarations = {
  1: [
    `CREATE TABLE record (
  collection TEXT NOT NULL, key NOT NULL, text TEXT NOT NULL, PRIMARY KEY (collection, key)
) WITHOUT ROWID`,
  ],
  2: ["CREATE TABLE event (sequence INTEGER PRIMARY KEY, text TEXT NOT NULL)", ...fileAndRecord],
  3: [eventTable, ...fileAndRecord],
} as const satisfies Readonly<Record<Format, readonly string[]>>;

/** Declares all that the file of a new HSM has, and draws its identity. */
export const schema = `${declarations[currentFormat].join(";\n")};
INSERT INTO file VALUES (lower(hex(randomblob(8))))`;

/** An error where anything else is declared: a prepared statement would keep the file open after it is closed. */
function comparison(format: Format): string {
  const all = declarations[format];
  const declared = `count(*) = ${String(all.length)} AND group_concat(sql, ';') = '${all.join(";")}'`;
  const marked = `(SELECT application_id FROM pragma_application_id) = ${String(applicationIds[format])}`;
  return `SELECT json(iif(${declared} AND ${marked}, '1', '')) FROM (SELECT sql FROM sqlite_master ORDER BY name)`;
}

/**
 * The format of an HSM's file. Refuses one that declares more or other things than such a file does: a trigger or a
 * view of somebody else's would run with the next request. Throws {@link StoreError}, or what SQLite throws for a file
 * that it cannot read.
 */
export function formatOf(database: Database.Database, path: string): Format {
  for (const format of [3, 2, 1] as const) {
    try {
      database.exec(comparison(format));
      return format;
    } catch (error) {
      if (!(error instanceof Error) || error.message !== "malformed JSON") throw error;
    }
  }
  throw new StoreError("unavailable", `${path}: another program changed its schema`);
}
