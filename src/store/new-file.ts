import { existsSync, rmSync } from "node:fs";
import type Database from "libsql";
import { applicationIds } from "./hsm-file.ts";
import { type Patience, whenFree } from "./patience.ts";
import { schema } from "./schema.ts";
import { openDatabase, storeError } from "./sqlite.ts";
import { SqliteTransaction } from "./sqlite-transaction.ts";
import { prepare } from "./statements.ts";
import { StoreError, type Transaction } from "./store.ts";

/**
 * Creates the file of an HSM with what `work` writes, all or nothing, marked with `mark`. Leaves what another process
 * created first as it is. The switch to WAL comes last, and says in the file's head that creation is complete.
 * Gives the mark that the file has. Throws {@link StoreError}.
 */
export async function createFile(
  path: string,
  mark: number,
  patience: Patience,
  work: (transaction: Transaction) => Promise<void>,
): Promise<number> {
  const written = await writeFile(path, mark, patience, work);
  // A connection without prepared statements, which the library closes at once, with its locks on the log.
  const database = await openDatabase(path);
  try {
    await switchToWal(database, path, patience);
    return written;
  } catch (error) {
    throw storeError(error, path);
  } finally {
    database.close();
  }
}

/** Writes all that a new HSM holds, but for the last step. Gives the mark that the file has. */
async function writeFile(
  path: string,
  mark: number,
  patience: Patience,
  work: (transaction: Transaction) => Promise<void>,
): Promise<number> {
  const database = await openDatabase(path);
  try {
    await whenFree(patience, () => {
      database.exec("PRAGMA synchronous = FULL; BEGIN IMMEDIATE");
    });
    const present = presentMark(database);
    if (present === undefined) {
      requireEmpty(database, path);
      removeRemains(path);
      database.exec(schema);
      await work(new SqliteTransaction(database, prepare(database, 2)));
      database.exec(`PRAGMA application_id = ${String(applicationIds[2])}`);
      database.exec(`PRAGMA user_version = ${String(mark)}`);
    }
    // Without a log yet, whoever reads is in the way.
    await whenFree(patience, () => {
      database.exec("COMMIT");
    });
    return present ?? mark;
  } catch (error) {
    // Closing alone does not: the library closes a file only when its last statement is collected.
    if (database.inTransaction) database.exec("ROLLBACK");
    throw storeError(error, path);
  } finally {
    database.close();
  }
}

/**
 * Completes the creation of an HSM, or finds it complete. While another shell does the same, SQLite refuses at once.
 * Throws {@link StoreError}.
 */
export function switchToWal(database: Database.Database, path: string, patience: Patience): Promise<void> {
  return whenFree(patience, () => {
    requireWal(database, path);
  });
}

/** SQLite keeps the old mode where the file system cannot share memory among processes. */
function requireWal(database: Database.Database, path: string): void {
  // The switch is committed behind the row that tells of it. A log exists from the first look on.
  database.exec("PRAGMA journal_mode = WAL; SELECT count(*) FROM sqlite_master");
  if (!existsSync(`${path}-wal`)) {
    throw new StoreError("failed", `${path}: this file system cannot hold a write-ahead log`);
  }
}

/** The mark of an HSM whose creation is complete, but perhaps for its last step. */
function presentMark(database: Database.Database): number | undefined {
  const number = (name: string): number => (database.prepare(`PRAGMA ${name}`).raw().get() as readonly [number])[0];
  const isKnown = Object.values<number>(applicationIds).includes(number("application_id"));
  return isKnown ? number("user_version") : undefined;
}

/** Somebody else's database is left as it is. Throws {@link StoreError}. */
function requireEmpty(database: Database.Database, path: string): void {
  const [tables] = database.prepare("SELECT count(*) FROM sqlite_master").raw().get() as readonly [number];
  if (tables > 0) throw new StoreError("failed", `${path} is not the file of an HSM: remove it`);
}

/**
 * What a destroyed HSM left behind: a shell that still has it open holds its index of the write-ahead log locked, by
 * which the new HSM could not be opened.
 */
function removeRemains(path: string): void {
  for (const end of ["-wal", "-shm"]) rmSync(`${path}${end}`, { force: true });
}
