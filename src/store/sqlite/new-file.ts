import { closeSync, constants, existsSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import type Database from "libsql";
import { applicationIds } from "./hsm-file.ts";
import type { Patience } from "../patience.ts";
import { whenFree } from "./when-free.ts";
import { currentFormat, schema } from "./schema.ts";
import { openDatabase, storeError } from "./sqlite.ts";
import { SqliteTransaction } from "./sqlite-transaction.ts";
import { prepare } from "./statements.ts";
import { StoreError, type Transaction } from "../store.ts";

/** What the name of a file ends in while it is written. */
const unfinished = ".new";

/**
 * Creates the file of an HSM with what `work` writes, all or nothing, marked with `mark`. Leaves one that exists as it
 * is. It is written under another name, so that a process that is killed, or a full disk, leaves no part of an HSM in
 * its place. The switch to WAL comes last, and says in the file's head that creation is complete.
 * Gives the mark that the file has. To be called under the lock of the home. Throws {@link StoreError}.
 */
export async function createFile(
  path: string,
  mark: number,
  patience: Patience,
  work: (transaction: Transaction) => Promise<void>,
): Promise<number> {
  // What an older version was killed at is completed where it is.
  const written = existsSync(path)
    ? await writeFile(path, mark, patience, work)
    : await writeApart(path, mark, patience, work);
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

/** Writes a new HSM under another name, renames it once all of it is on disk, and returns its mark. */
async function writeApart(
  path: string,
  mark: number,
  patience: Patience,
  work: (transaction: Transaction) => Promise<void>,
): Promise<number> {
  const apart = `${path}${unfinished}`;
  try {
    remove(apart, everyEnd);
    const { O_RDWR, O_CREAT, O_EXCL } = constants;
    closeSync(openSync(apart, O_RDWR | O_CREAT | O_EXCL, 0o600));
    await writeFile(apart, mark, patience, work);
    // SQLite would take a journal of that name for one of the new file, and undo it.
    remove(path, remains);
    renameSync(apart, path);
    syncFolder(dirname(path));
    return mark;
  } catch (error) {
    removeIfPossible(apart);
    throw storeError(error, path);
  }
}

/** A new name is on the disk when its folder is. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
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
      remove(path, logs);
      database.exec(schema);
      await work(new SqliteTransaction(database, prepare(database, currentFormat)));
      database.exec(`PRAGMA application_id = ${String(applicationIds[currentFormat])}`);
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
  // The switch is committed after the row that tells of it. A log exists from the first look on.
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

/** What SQLite keeps beside a file while a shell has it open. */
const logs = ["-wal", "-shm"] as const;
const remains = [...logs, "-journal"] as const;
const everyEnd = ["", ...remains] as const;

/**
 * Removes what a destroyed HSM or a killed creation left behind. A shell that still has such an HSM open holds
 * the index of its log locked, and the new HSM could not be opened.
 */
function remove(path: string, ends: readonly string[]): void {
  for (const end of ends) rmSync(`${path}${end}`, { force: true });
}

/** What stays is removed by the next creation, and whatever was wrong before is told. */
function removeIfPossible(path: string): void {
  try {
    remove(path, everyEnd);
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
  }
}
