import type Database from "libsql";
import { placed } from "./place.ts";
import { eventOfText } from "./event-text.ts";
import { type Format, currentFormat } from "./schema.ts";

/** What a transaction does to the database, prepared once. */
export interface Statements {
  /** The identity of the file, which its records name. */
  readonly file: string;
  readonly get: Database.Statement;
  readonly list: Database.Statement;
  readonly count: Database.Statement;
  readonly collections: Database.Statement;
  readonly lastKey: Database.Statement;
  readonly events: Database.Statement;
  /** What an event is in the current format. */
  readonly eventOf: (content: string, sequence: number) => string;
  readonly countEvents: Database.Statement;
  readonly lastEvent: Database.Statement;
  readonly schemaVersion: Database.Statement;
  /** Undefined for a file of an older format, which is not written. */
  readonly writing: WritingStatements | undefined;
}

/** Separates the contents of a list. The JSON of a record never has this character, so nothing is escaped. */
export const separator = "\x1e";

interface WritingStatements {
  readonly put: Database.Statement;
  readonly remove: Database.Statement;
  readonly append: Database.Statement;
}

/** Where records, events and the file's identity are read: an older file is read as if it were a current one. */
const sources = {
  1: {
    record: `(SELECT collection, key, ${placed("''")} AS content FROM record WHERE collection <> 'audit')`,
    event: "(SELECT key AS sequence, text AS content FROM record WHERE collection = 'audit')",
    file: "(SELECT '' AS id)",
  },
  2: { record: "record", event: "(SELECT sequence, text AS content FROM event)", file: "file" },
  3: { record: "record", event: "event", file: "file" },
} as const satisfies Readonly<Record<Format, object>>;

/**
 * Prepares the statements of a database. Texts are read as bytes: the library ends the process over one that is not
 * UTF-8, as a damaged file may have it.
 */
export function prepare(database: Database.Database, format: Format): Statements {
  const { record, event, file } = sources[format];
  const query = (sql: string): Database.Statement => database.prepare(sql).raw();
  // One value for all rows: values that the library gives one by one take twice the time.
  const all = (values: string, rows: string): Database.Statement =>
    query(`SELECT ${values} FROM (SELECT * FROM ${rows})`);
  const contents = `CAST(group_concat(content, char(${String(separator.charCodeAt(0))})) AS BLOB)`;
  // Without an identity every record is one of another place.
  const [id] = query(`SELECT CAST(coalesce(min(id), 'none') AS BLOB) FROM ${file}`).get() as readonly [Uint8Array];
  return {
    file: Buffer.from(id).toString("latin1"),
    get: query(`SELECT CAST(content AS BLOB) FROM ${record} WHERE collection = ? AND key = ?`),
    list: all(`CAST(json_group_array(key) AS BLOB), ${contents}`, `${record} WHERE collection = ? ORDER BY key`),
    count: query(`SELECT count(*) FROM ${record} WHERE collection = ?`),
    collections: query(`SELECT CAST(json_group_array(DISTINCT collection) AS BLOB) FROM ${record}`),
    lastKey: query(`SELECT CAST(json_array(max(key)) AS BLOB) FROM ${record} WHERE collection = ?`),
    events: all(
      "CAST(json_group_array(json_array(sequence, content)) AS BLOB)",
      `${event} WHERE sequence >= ? ORDER BY sequence LIMIT ?`,
    ),
    eventOf: format === currentFormat ? (content) => content : eventOfText,
    countEvents: query(`SELECT count(*) FROM ${event}`),
    lastEvent: query(`SELECT max(sequence) FROM ${event}`),
    schemaVersion: query("PRAGMA schema_version"),
    writing: format === currentFormat ? prepareWriting(database) : undefined,
  };
}

function prepareWriting(database: Database.Database): WritingStatements {
  return {
    put: database.prepare(
      "INSERT INTO record VALUES (?, ?, ?) ON CONFLICT (collection, key) DO UPDATE SET content = excluded.content",
    ),
    remove: database.prepare("DELETE FROM record WHERE collection = ? AND key = ?"),
    append: database.prepare("INSERT INTO event VALUES (?, ?)"),
  };
}
