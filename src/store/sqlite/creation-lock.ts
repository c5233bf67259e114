import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import type Database from "libsql";
import { isBusy, openDatabase, storeError } from "./sqlite.ts";
import type { Waiting } from "../home.ts";
import { StoreError } from "../store.ts";

/** Milliseconds between two tries to take the lock. */
const retry = 50;

/**
 * Does `work` while no other shell does so in this home. The lock is on a file that stays; the kernel drops it when the
 * process ends, however it ends. Throws StoreError.
 */
export async function withCreationLock<T>(home: string, waiting: Waiting, work: () => Promise<T>): Promise<T> {
  const path = join(home, "creation.lock");
  const database = await open(path);
  try {
    await lock(database, path, waiting);
    return await work();
  } finally {
    database.close();
  }
}

/** What is at its place may be anything. A file that this user cannot write SQLite would open, and lock for nobody. */
async function open(path: string): Promise<Database.Database> {
  const database = await openDatabase(path).catch((error: unknown) => {
    throw lockError(error, path);
  });
  try {
    accessSync(path, constants.W_OK);
    return database;
  } catch (error) {
    database.close();
    throw lockError(error, path);
  }
}

function lockError(error: unknown, path: string): unknown {
  const known = storeError(error, path);
  if (!(known instanceof StoreError)) return known;
  const what = `${known.message}: remove it (it only keeps shells from creating HSMs at the same time)`;
  return new StoreError(known.failure, what, { cause: error });
}

async function lock(database: Database.Database, path: string, { signal, waited }: Waiting): Promise<void> {
  const begin = performance.now();
  for (;;) {
    signal.throwIfAborted();
    try {
      // Nothing is ever written, so that no journal is left behind by a process that is killed.
      database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
      return;
    } catch (error) {
      if (!isBusy(error)) throw lockError(error, path);
    }
    waited(performance.now() - begin);
    await new Promise((resolve) => setTimeout(resolve, retry));
  }
}
