import { statSync } from "node:fs";
import type Database from "libsql";
import { applicationId } from "./hsm-file.ts";
import { busyTimeout, isBusy, openDatabase, storeError } from "./sqlite.ts";
import { type Key, type Snapshot, type Store, StoreError, type StoredRecord, type Transaction } from "./store.ts";

const schema = `CREATE TABLE record (
  collection TEXT NOT NULL, key NOT NULL, text TEXT NOT NULL, PRIMARY KEY (collection, key)
) WITHOUT ROWID`;

/** A store in one SQLite file: WAL with synchronous FULL, so that each commit is on disk when it returns. */
export class SqliteStore implements Store {
  readonly #path: string;
  readonly #inode: number;
  readonly #database: Database.Database;
  readonly #statements: Statements;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(path: string, database: Database.Database) {
    this.#path = path;
    this.#inode = statSync(path).ino;
    this.#database = database;
    this.#statements = prepare(database);
  }

  /** Opens the file of an HSM that exists. Throws {@link StoreError}. */
  static async open(path: string): Promise<SqliteStore> {
    const database = await openDatabase(path);
    try {
      // Creation may have been cut off in the midst of the switch, which is undone then.
      await switchToWal(database, path);
      database.pragma("synchronous = FULL");
      return new SqliteStore(path, database);
    } catch (error) {
      database.close();
      throw storeError(error, path);
    }
  }

  /**
   * Creates the file with what `work` writes, all or nothing, marked with `mark`. Leaves what another process
   * created first as it is. The switch to WAL comes last, and says in the file's head that creation is complete.
   * Gives the mark that the file has. Throws {@link StoreError}.
   */
  static async create(path: string, mark: number, work: (transaction: Transaction) => Promise<void>): Promise<number> {
    const database = await openDatabase(path);
    try {
      database.pragma("synchronous = FULL");
      database.exec("BEGIN IMMEDIATE");
      const present = presentMark(database);
      if (present === undefined) {
        requireEmpty(database, path);
        database.exec(schema);
        await work(new SqliteTransaction(prepare(database)));
        database.exec(`PRAGMA application_id = ${String(applicationId)}`);
        database.exec(`PRAGMA user_version = ${String(mark)}`);
      }
      database.exec("COMMIT");
      await switchToWal(database, path);
      return present ?? mark;
    } catch (error) {
      throw storeError(error, path);
    } finally {
      database.close();
    }
  }

  read<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    return this.#inTurn(this.#statements.begin, work);
  }

  change<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#inTurn(this.#statements.beginImmediate, work);
  }

  async check(): Promise<void> {
    await this.#last;
    this.#requireFile();
  }

  close(): Promise<void> {
    this.#database.close();
    return Promise.resolve();
  }

  /** One transaction after the other: the connection has room for one. */
  #inTurn<T>(begin: Database.Statement, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => this.#run(begin, work));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #run<T>(begin: Database.Statement, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    try {
      this.#requireFile();
      begin.run();
      const result = await work(new SqliteTransaction(this.#statements));
      this.#statements.commit.run();
      return result;
    } catch (error) {
      throw storeError(this.#abandoned(error), this.#path);
    }
  }

  /** Rolls back what is open. Gives the reason for it, or the failure of the roll back. */
  #abandoned(reason: unknown): unknown {
    try {
      if (this.#database.inTransaction) this.#database.exec("ROLLBACK");
      return reason;
    } catch (error) {
      return error;
    }
  }

  /** An HSM is its file: once that is deleted or replaced, what this connection holds is no HSM any more. */
  #requireFile(): void {
    const now = statSync(this.#path, { throwIfNoEntry: false });
    if (now?.ino !== this.#inode) {
      throw new StoreError("unavailable", `${this.#path} was deleted or replaced`);
    }
  }
}

/**
 * Completes the creation of an HSM. While another shell does the same, SQLite refuses at once, without its busy
 * timeout, since the switch raises a lock that it holds already; so the waiting is done here.
 */
async function switchToWal(database: Database.Database, path: string): Promise<void> {
  const deadline = performance.now() + busyTimeout;
  for (;;) {
    try {
      requireWal(database, path);
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, switchRetry));
    }
  }
}

/** Milliseconds between two tries to switch to a write-ahead log. */
const switchRetry = 10;

/** SQLite keeps the old mode where the file system cannot share memory among processes. */
function requireWal(database: Database.Database, path: string): void {
  // The switch is committed behind the row that tells of it: all rows are asked for, lest its failure be missed.
  const rows = database.pragma("journal_mode = WAL") as readonly { readonly journal_mode: string }[];
  if (rows[0]?.journal_mode !== "wal")
    throw new StoreError("failed", `${path}: this file system cannot hold a write-ahead log`);
}

/** The mark of an HSM whose creation is complete, but perhaps for its last step. */
function presentMark(database: Database.Database): number | undefined {
  const number = (name: string): number => (database.prepare(`PRAGMA ${name}`).raw().get() as readonly [number])[0];
  return number("application_id") === applicationId ? number("user_version") : undefined;
}

/** Somebody else's database is left as it is. Throws {@link StoreError}. */
function requireEmpty(database: Database.Database, path: string): void {
  const [tables] = database.prepare("SELECT count(*) FROM sqlite_master").raw().get() as readonly [number];
  if (tables > 0) throw new StoreError("failed", `${path} is not the file of an HSM: remove it`);
}

interface Statements {
  readonly begin: Database.Statement;
  readonly beginImmediate: Database.Statement;
  readonly commit: Database.Statement;
  readonly get: Database.Statement;
  readonly list: Database.Statement;
  readonly count: Database.Statement;
  readonly lastKey: Database.Statement;
  readonly put: Database.Statement;
  readonly remove: Database.Statement;
}

function prepare(database: Database.Database): Statements {
  return {
    begin: database.prepare("BEGIN"),
    beginImmediate: database.prepare("BEGIN IMMEDIATE"),
    commit: database.prepare("COMMIT"),
    get: database.prepare("SELECT text FROM record WHERE collection = ? AND key = ?").raw(),
    list: database.prepare("SELECT key, text FROM record WHERE collection = ? ORDER BY key").raw(),
    count: database.prepare("SELECT count(*) FROM record WHERE collection = ?").raw(),
    lastKey: database.prepare("SELECT max(key) FROM record WHERE collection = ?").raw(),
    put: database.prepare(
      "INSERT INTO record VALUES (?, ?, ?) ON CONFLICT (collection, key) DO UPDATE SET text = excluded.text",
    ),
    remove: database.prepare("DELETE FROM record WHERE collection = ? AND key = ?"),
  };
}

class SqliteTransaction implements Transaction {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  get(collection: string, key: Key): Promise<string | undefined> {
    const row = this.#statements.get.get(collection, key) as readonly [string] | undefined;
    return Promise.resolve(row?.[0]);
  }

  list(collection: string): Promise<readonly StoredRecord[]> {
    const rows = this.#statements.list.all(collection) as (readonly [Key, string])[];
    return Promise.resolve(rows.map(([key, text]) => ({ key, text })));
  }

  count(collection: string): Promise<number> {
    const row = this.#statements.count.get(collection) as readonly [number];
    return Promise.resolve(row[0]);
  }

  lastKey(collection: string): Promise<Key | undefined> {
    const row = this.#statements.lastKey.get(collection) as readonly [Key | null];
    return Promise.resolve(row[0] ?? undefined);
  }

  put(collection: string, key: Key, text: string): Promise<void> {
    this.#statements.put.run(collection, key, text);
    return Promise.resolve();
  }

  remove(collection: string, key: Key): Promise<void> {
    this.#statements.remove.run(collection, key);
    return Promise.resolve();
  }
}
