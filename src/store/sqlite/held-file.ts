import { rmSync } from "node:fs";
import type Database from "libsql";
import { formatOf } from "./schema.ts";
import { isBusy, openDatabase, storeError } from "./sqlite.ts";
import { SqliteTransaction } from "./sqlite-transaction.ts";
import { prepare } from "./statements.ts";
import type { HeldHsm } from "../home.ts";
import { type Snapshot, StoreError } from "../store.ts";

/**
 * The ends of the names of an HSM's files, in the order of deletion. The file goes first: without its log it would be
 * an older HSM.
 */
const ends = ["", "-wal", "-shm", "-journal"] as const;

/** An HSM's file that no other process has open, or can open while it is held: it may be deleted. */
export class HeldFile implements HeldHsm {
  readonly #path: string;
  readonly #database: Database.Database;

  private constructor(path: string, database: Database.Database) {
    this.#path = path;
    this.#database = database;
  }

  /** Throws {@link StoreError} `busy` while another process has it open, whether it does anything there or not. */
  static async take(path: string): Promise<HeldFile> {
    const database = await openDatabase(path);
    try {
      // Whoever has an HSM open holds a lock that is shared, as long as it is open.
      database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    } catch (error) {
      // What is damaged is found to be so under the lock.
      if (isBusy(error) || !isDamage(storeError(error, path))) {
        database.close();
        throw storeError(error, path);
      }
    }
    return new HeldFile(path, database);
  }

  async read<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    try {
      const statements = prepare(this.#database, formatOf(this.#database, this.#path));
      return await work(new SqliteTransaction(this.#database, statements));
    } catch (error) {
      throw storeError(error, this.#path);
    }
  }

  /** Deletes it, with its log. Throws {@link StoreError}. */
  delete(): Promise<void> {
    return Promise.resolve(this.#path).then((path) => {
      try {
        for (const end of ends) rmSync(`${path}${end}`, { force: true });
      } catch (error) {
        throw storeError(error, path);
      }
    });
  }

  /** To be called before another file is made in its place: SQLite takes logs away by their names. */
  release(): Promise<void> {
    if (this.#database.inTransaction) this.#database.exec("ROLLBACK");
    this.#database.close();
    return Promise.resolve();
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof StoreError && error.failure === "unavailable";
}
