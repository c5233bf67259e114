import { lstatSync, rmSync } from "node:fs";
import { join } from "node:path";
import type Database from "libsql";
import { makeFolder } from "../../files/folder.ts";
import { isBusy, openDatabase, storeError } from "./sqlite.ts";
import { whenFree } from "./when-free.ts";
import { type Patience, unlimited } from "../patience.ts";
import type { Presence } from "../presence.ts";

/** The paths of the marks that this process holds: it sees them without a look at its own locks. */
const own = new Set<string>();

/**
 * Marks in a folder, each an empty SQLite file under an exclusive lock: locks that work on every system, and that the
 * kernel drops when a process ends. One that is no lock is dead.
 */
export class FilePresence implements Presence {
  readonly #folder: string;
  readonly #patience: Patience;
  /** Drawn with the first announcement: a start that needs none does not load the cryptography. */
  #mark: string | undefined;
  #holding: Promise<void> | undefined;
  #held: Database.Database | undefined;

  constructor(home: string, patience = unlimited) {
    this.#patience = patience;
    this.#folder = join(home, "sessions");
  }

  async announce(): Promise<string> {
    this.#mark ??= Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString("hex");
    this.#holding ??= this.#hold(this.#mark);
    await this.#holding;
    return this.#mark;
  }

  async isAlive(mark: string): Promise<boolean> {
    const path = this.#path(mark);
    if (own.has(path)) return true;
    if (mark === this.#mark) return false;
    if (!/^[\da-f]{16}$/.test(mark) || !mayBeMark(path)) return false;
    if (await isLocked(path)) return true;
    remove(path);
    return false;
  }

  /** Takes the mark away. */
  close(): void {
    if (this.#held === undefined || this.#mark === undefined) return;
    const held = this.#held;
    const path = this.#path(this.#mark);
    this.#held = undefined;
    this.#holding = undefined;
    own.delete(path);
    try {
      remove(path);
    } finally {
      held.close();
    }
  }

  async #hold(mark: string): Promise<void> {
    try {
      makeFolder(this.#folder);
      this.#held = await lock(this.#path(mark), this.#patience);
      own.add(this.#path(mark));
    } catch (error) {
      // The next login tries again.
      this.#holding = undefined;
      throw storeError(error, this.#folder);
    }
  }

  #path(mark: string): string {
    return join(this.#folder, mark);
  }
}

async function lock(path: string, patience: Patience): Promise<Database.Database> {
  const database = await openDatabase(path);
  try {
    // Nothing is ever written, so that no journal is left behind by a process that is killed.
    database.exec("PRAGMA journal_mode = MEMORY");
    // Another process may be asking for a moment whether this one is alive.
    await whenFree(patience, () => {
      database.exec("BEGIN EXCLUSIVE");
    });
    return database;
  } catch (error) {
    database.close();
    throw storeError(error, path);
  }
}

/**
 * Whether what lies at a mark's place can be one: a file of our own making is empty. Whatever else lies there is left
 * alone, and no shell is alive by it: no HSM fails because of it.
 */
function mayBeMark(path: string): boolean {
  try {
    const found = lstatSync(path);
    return found.isFile() && found.size === 0;
  } catch {
    // Not there, or nothing that this user may look at: whoever made a mark in this home may look at it.
    return false;
  }
}

/** Asks for a shared lock, so that two processes that ask at once are not in each other's way. */
async function isLocked(path: string): Promise<boolean> {
  try {
    const database = await openDatabase(path);
    try {
      database.exec("SELECT count(*) FROM sqlite_master");
      return false;
    } finally {
      database.close();
    }
  } catch (error) {
    return isBusy(error);
  }
}

/** A mark that cannot be taken away is as dead as one that was: nobody holds it. */
function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
  }
}
