import { statSync } from "node:fs";
import type Database from "libsql";
import { beginsWithGeneration } from "./generation.ts";
import { inodeOf } from "./inode.ts";
import { migrate } from "./migration.ts";
import { switchToWal } from "./new-file.ts";
import { type Patience, unlimited } from "../patience.ts";
import { whenFree } from "./when-free.ts";
import { type Format, currentFormat, formatOf } from "./schema.ts";
import { openDatabase, storeError } from "./sqlite.ts";
import { SqliteTransaction, drawGeneration } from "./sqlite-transaction.ts";
import { type Statements, prepare } from "./statements.ts";
import { type Snapshot, type Store, StoreError, type Transaction } from "../store.ts";

/** How a transaction begins: to look, or to change. */
type Beginning = "BEGIN" | "BEGIN IMMEDIATE";

/** Bytes from which on a log is written back to the file. */
const longLog = 4 * 1024 * 1024;

/** How many changes add little to a log of that length. */
const changesBetweenLooks = 32;

/**
 * A store in one SQLite file: WAL with synchronous FULL, so that each commit is on disk when it returns. A request waits
 * for other processes as long as its own patience lasts, and for those before it in this one.
 */
export class SqliteStore implements Store {
  readonly #path: string;
  readonly #inode: string;
  readonly #database: Database.Database;
  #format: Format;
  /** Undefined until the first transaction. */
  #statements: Statements | undefined;
  /** Whether the file got a generation that no copy has which was made before it was opened. */
  #isDistinct = false;
  /** How many changes it made. */
  #changes = 0;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(path: string, inode: string, database: Database.Database, format: Format) {
    this.#path = path;
    this.#inode = inode;
    this.#database = database;
    this.#format = format;
  }

  /** Opens the file of an HSM that exists. Throws {@link StoreError}. */
  static async open(path: string, patience: Patience): Promise<SqliteStore> {
    // From before it is opened: one that is replaced meanwhile is no longer this one, whichever was opened.
    const inode = inodeOf(path) ?? "";
    const database = await openDatabase(path);
    try {
      const format = await whenFree(patience, () => formatOf(database, path));
      // Creation may have been cut off in the midst of the switch, which is undone then.
      await switchToWal(database, path, patience);
      await whenFree(patience, () => {
        database.exec("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0");
      });
      return new SqliteStore(path, inode, database, format);
    } catch (error) {
      database.close();
      throw storeError(error, path);
    }
  }

  read<T>(work: (snapshot: Snapshot) => Promise<T>, patience = unlimited): Promise<T> {
    return this.#inTurn("BEGIN", work, patience);
  }

  change<T>(work: (transaction: Transaction) => Promise<T>, patience = unlimited): Promise<T> {
    return this.#inTurn("BEGIN IMMEDIATE", work, patience);
  }

  async check(): Promise<void> {
    await this.#last;
    this.#requireFile();
  }

  /**
   * Empties the log where nobody is in the way, so that the file alone has all that was committed. Never rejects: what
   * is wrong with the file is told by the next request.
   */
  async settle(): Promise<void> {
    await this.#last;
    try {
      this.#emptyIdleLog();
    } catch {
      // A file that cannot be inspected any more.
    }
  }

  close(): Promise<void> {
    this.#emptyIdleLog();
    this.#database.close();
    // As long as they are known here, the file stays open.
    this.#statements = undefined;
    return Promise.resolve();
  }

  /** Whether it can still be used: nobody closed it, and its file is there. */
  get isUsable(): boolean {
    return this.#database.open && this.#isPresent();
  }

  /** One transaction after the other: the connection has room for one. */
  #inTurn<T>(begin: Beginning, work: (transaction: Transaction) => Promise<T>, patience: Patience): Promise<T> {
    const turn = this.#last.then(() => this.#run(begin, work, patience));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #run<T>(begin: Beginning, work: (transaction: Transaction) => Promise<T>, patience: Patience): Promise<T> {
    try {
      this.#requireFile();
      if (begin === "BEGIN IMMEDIATE") {
        await this.#becomeDistinct(patience);
        if (this.#format !== currentFormat) await this.#migrate(patience);
      }
      const statements = await whenFree(patience, () => this.#begin(begin));
      const beginsLog = (): boolean => this.#logSize() === 0;
      const result = await work(new SqliteTransaction(this.#database, statements, beginsLog));
      this.#database.exec("COMMIT");
      if (begin === "BEGIN IMMEDIATE") this.#keepLogShort();
      return result;
    } catch (error) {
      throw storeError(this.#abandoned(error), this.#path);
    }
  }

  /**
   * Before a change: gives the file itself a new generation where the log is not one that this opening knows of. A log
   * that went on from the generation that is there would go on from every backup that was copied since, too.
   */
  async #becomeDistinct(patience: Patience): Promise<void> {
    if (this.#isDistinct && beginsWithGeneration(this.#path)) return;
    if (this.#logSize() > 0) this.#emptyLog();
    const statements = await whenFree(patience, () => this.#begin("BEGIN IMMEDIATE"));
    // Generations follow each other only where one log ends and the next begins.
    if (this.#logSize() === 0) drawGeneration(this.#database, statements);
    this.#database.exec("COMMIT");
    this.#emptyLog();
    // Another process that reads is in the way: the next change tries again.
    this.#isDistinct = this.#logSize() === 0;
  }

  /**
   * Before the first change of an older file: what only reads it, needs not be able to write it. The mark of its
   * new format is in its head at once, by which an older program knows that it is not for it.
   */
  async #migrate(patience: Patience): Promise<void> {
    const statements = await whenFree(patience, () => this.#begin("BEGIN IMMEDIATE"));
    // Another shell may have done it since.
    if (this.#format !== currentFormat) {
      const events = await new SqliteTransaction(this.#database, statements).events();
      migrate(this.#database, this.#format, statements, events, this.#logSize() === 0);
    }
    this.#database.exec("COMMIT");
    this.#emptyLog();
  }

  /** Looks at the log now and then only: it costs as much as a look at a record. */
  #keepLogShort(): void {
    this.#changes++;
    if (this.#changes % changesBetweenLooks === 0 && this.#logSize() > longLog) this.#emptyLog();
  }

  #emptyIdleLog(): void {
    if (this.isUsable && !this.#database.inTransaction && this.#logSize() > 0) this.#emptyLog();
  }

  /** Writes the log back to the file and empties it. While another process reads or writes, it stays as it is. */
  #emptyLog(): void {
    try {
      this.#database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch {
      // Nothing is lost: all that was committed stays in the log.
    }
  }

  #logSize(): number {
    return statSync(`${this.#path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  }

  /**
   * Begins with the snapshot taken, so that nothing waits later. A statement that is prepared once would stay under
   * way after it was refused, and no transaction of this connection could end from then on.
   */
  #begin(begin: Beginning): Statements {
    // What a failed roll back left.
    if (this.#database.inTransaction) this.#database.exec("ROLLBACK");
    this.#database.exec(begin);
    try {
      // Whoever is to change has it by then.
      if (begin === "BEGIN") this.#database.exec("SELECT 1 FROM record LIMIT 1");
      if (this.#format !== currentFormat) this.#recognise();
      return (this.#statements ??= prepare(this.#database, this.#format));
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  /** In a transaction: another shell may have changed the format since the last one. */
  #recognise(): void {
    const before = this.#format;
    this.#format = formatOf(this.#database, this.#path);
    if (this.#format !== before) this.#statements = undefined;
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
    if (!this.#isPresent()) {
      const advice = "quit and start again, to work with what is there now";
      throw new StoreError("unavailable", `${this.#path} was deleted or replaced`, { advice });
    }
  }

  #isPresent(): boolean {
    return inodeOf(this.#path) === this.#inode;
  }
}
