import { join } from "node:path";
import type Database from "libsql";
import { isBusy, openDatabase, storeError } from "./sqlite.ts";

/** Milliseconds between two tries to take the lock. */
const retry = 50;

/** How a shell waits while another one creates HSMs in the same home. */
export interface Waiting {
  /** Ends it: {@link withCreationLock} rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** Called after each try that found the lock taken, with the milliseconds since the first. */
  readonly waited: (milliseconds: number) => void;
}

/**
 * Does `work` while no other process creates HSMs in this home: what the HSMs of a cluster have in common is drawn
 * once. The lock is on a file that stays; the kernel drops it when the process ends, however it ends. Throws StoreError.
 */
export async function withCreationLock<T>(home: string, waiting: Waiting, work: () => Promise<T>): Promise<T> {
  const path = join(home, "creation.lock");
  const database = await openDatabase(path);
  try {
    await lock(database, path, waiting);
    return await work();
  } finally {
    database.close();
  }
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
      if (!isBusy(error)) throw storeError(error, path);
    }
    waited(performance.now() - begin);
    await new Promise((resolve) => setTimeout(resolve, retry));
  }
}
