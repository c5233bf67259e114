import type Database from "libsql";
import { successorOf } from "./generation.ts";
import { type Key, StoreError, type StoredRecord, type Transaction } from "./store.ts";

/** Every statement on records, prepared once. */
export interface Statements {
  readonly get: Database.Statement;
  readonly list: Database.Statement;
  readonly count: Database.Statement;
  readonly lastKey: Database.Statement;
  readonly put: Database.Statement;
  readonly remove: Database.Statement;
  readonly schemaVersion: Database.Statement;
}

/**
 * Prepares the statements of a database. Texts are read as bytes: the library ends the process over one that is not
 * UTF-8, as a damaged file may have it.
 */
export function prepare(database: Database.Database): Statements {
  const ordered = "SELECT key, text FROM record WHERE collection = ? ORDER BY key";
  return {
    get: database.prepare("SELECT CAST(text AS BLOB) FROM record WHERE collection = ? AND key = ?").raw(),
    // One value for all records: values that the library gives one by one take twice the time.
    list: database.prepare(`SELECT CAST(json_group_array(json_array(key, text)) AS BLOB) FROM (${ordered})`).raw(),
    count: database.prepare("SELECT count(*) FROM record WHERE collection = ?").raw(),
    lastKey: database.prepare("SELECT CAST(json_array(max(key)) AS BLOB) FROM record WHERE collection = ?").raw(),
    put: database.prepare(
      "INSERT INTO record VALUES (?, ?, ?) ON CONFLICT (collection, key) DO UPDATE SET text = excluded.text",
    ),
    remove: database.prepare("DELETE FROM record WHERE collection = ? AND key = ?"),
    schemaVersion: database.prepare("PRAGMA schema_version").raw(),
  };
}

/** The transaction that is open on a database. Everything throws {@link StoreError} `unavailable` for damaged records. */
export class SqliteTransaction implements Transaction {
  readonly #database: Database.Database;
  readonly #statements: Statements;
  readonly #beginsLog: () => boolean;
  #wrote = false;

  /** @param beginsLog whether its first write will be the first of the log */
  constructor(database: Database.Database, statements: Statements, beginsLog = () => false) {
    this.#database = database;
    this.#statements = statements;
    this.#beginsLog = beginsLog;
  }

  get(collection: string, key: Key): Promise<string | undefined> {
    const row = this.#statements.get.get(collection, key) as readonly [unknown] | undefined;
    return Promise.resolve(row === undefined ? undefined : decode(row));
  }

  list(collection: string): Promise<readonly StoredRecord[]> {
    const rows = parse(this.#statements.list.get(collection)) as readonly (readonly [Key, string])[];
    return Promise.resolve(rows.map(([key, text]) => ({ key, text })));
  }

  count(collection: string): Promise<number> {
    const row = this.#statements.count.get(collection) as readonly [number];
    return Promise.resolve(row[0]);
  }

  lastKey(collection: string): Promise<Key | undefined> {
    const [key] = parse(this.#statements.lastKey.get(collection)) as readonly [Key | null];
    return Promise.resolve(key ?? undefined);
  }

  put(collection: string, key: Key, text: string): Promise<void> {
    this.#markBeginning();
    this.#statements.put.run(collection, key, text);
    return Promise.resolve();
  }

  remove(collection: string, key: Key): Promise<void> {
    this.#markBeginning();
    this.#statements.remove.run(collection, key);
    return Promise.resolve();
  }

  undo(): Promise<void> {
    if (this.#wrote) this.#database.exec("ROLLBACK TO beginning");
    return Promise.resolve();
  }

  /** Before the first write: to where {@link undo} goes back. */
  #markBeginning(): void {
    if (this.#wrote) return;
    if (this.#beginsLog()) drawGeneration(this.#database, this.#statements);
    this.#database.exec("SAVEPOINT beginning");
    this.#wrote = true;
  }
}

/** Begins a new generation of the file in the transaction that is open. */
export function drawGeneration(database: Database.Database, { schemaVersion }: Statements): void {
  const [version] = schemaVersion.get() as readonly [number];
  database.exec(`PRAGMA schema_version = ${String(successorOf(version))}`);
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The one text of a row. */
function decode(row: unknown): string {
  const [bytes] = row as readonly [unknown];
  try {
    return utf8.decode(bytes as Uint8Array);
  } catch (error) {
    throw damaged(error);
  }
}

/** What SQLite wrote as JSON. */
function parse(row: unknown): unknown {
  const text = decode(row);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(error);
  }
}

function damaged(cause: unknown): StoreError {
  return new StoreError("unavailable", "a record is damaged", { cause });
}
