import type { FileState } from "./hsm-file.ts";
import { inodeOf } from "./inode.ts";
import { closedFiles, closedNow, indexOf, openFiles } from "./open-files.ts";
import type { Patience } from "../patience.ts";
import { SqliteStore } from "./sqlite-store.ts";
import { type Snapshot, type Store, StoreError, type Transaction } from "../store.ts";

/** The one connection of this process to a file, and how many work with it. */
class Connection {
  readonly opening: Promise<SqliteStore>;
  readonly #path: string;
  readonly #inode: string;
  readonly #state: FileState;
  #store: SqliteStore | undefined;
  #users = 0;

  constructor(path: string, inode: string, state: FileState, patience: Patience) {
    this.#path = path;
    this.#inode = inode;
    this.#state = state;
    this.opening = this.#open(path, patience);
  }

  /** Whether it is worth waiting for, or working with. */
  get isUsable(): boolean {
    return this.#store?.isUsable !== false;
  }

  join(): void {
    this.#users++;
  }

  /** The last one closes it. */
  async leave(): Promise<void> {
    this.#users--;
    if (this.#users > 0) return;
    this.#forget();
    const closing = this.#store?.close();
    closedFiles.set(this.#inode, closedNow(this.#path, this.#state));
    await closing;
  }

  async #open(path: string, patience: Patience): Promise<SqliteStore> {
    try {
      if (this.#isOutdated()) await giveBack();
      this.#store = await SqliteStore.open(path, patience);
      // It may have been deleted before this process held it again; from now on nobody deletes it.
      if (this.#isOutdated()) {
        await this.#store.close();
        await giveBack();
        this.#store = await SqliteStore.open(path, patience);
      }
      return this.#store;
    } catch (error) {
      this.#forget();
      throw error;
    }
  }

  /** Whether the library holds an index of the log that is not the one of now. */
  #isOutdated(): boolean {
    const closed = closedFiles.get(this.#inode);
    return closed !== undefined && closed.index !== indexOf(this.#path);
  }

  #forget(): void {
    if (connections.get(this.#inode) !== this) return;
    connections.delete(this.#inode);
    openFiles.delete(this.#inode);
  }
}

async function giveBack(): Promise<void> {
  const { giveBackClosedFiles } = await import("./give-back.ts");
  await giveBackClosedFiles();
}

/** All connections of this process: a second one would wait for the first, which could not go on meanwhile. */
const connections = new Map<string, Connection>();

/** One user of the shared store of a file. Users of one process take turns; the last to close it closes the file. */
export class SharedStore implements Store {
  readonly #connection: Connection;
  readonly #store: SqliteStore;
  readonly #patience: Patience;
  #isOpen = true;

  private constructor(connection: Connection, store: SqliteStore, patience: Patience) {
    this.#connection = connection;
    this.#store = store;
    this.#patience = patience;
  }

  /** @param state what the file was found to be. Throws StoreError. */
  static async open(path: string, state: FileState, patience: Patience): Promise<SharedStore> {
    const inode = inodeOf(path) ?? path;
    const present = connections.get(inode);
    const isPresent = present?.isUsable === true;
    const connection = isPresent ? present : new Connection(path, inode, state, patience);
    connections.set(inode, connection);
    if (!isPresent) openFiles.set(inode, state);
    connection.join();
    try {
      return new SharedStore(connection, await connection.opening, patience);
    } catch (error) {
      await connection.leave();
      // Whoever began to open it may have been called away.
      if (isPresent) return SharedStore.open(path, state, patience);
      throw error;
    }
  }

  async read<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    this.#requireOpen();
    return this.#store.read(work, this.#patience);
  }

  async change<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    this.#requireOpen();
    return this.#store.change(work, this.#patience);
  }

  check(): Promise<void> {
    return this.#store.check();
  }

  settle(): Promise<void> {
    return this.#store.settle();
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#connection.leave();
  }

  /** Whether it can still be used: nobody closed it, and its file is there. */
  get isUsable(): boolean {
    return this.#isOpen && this.#store.isUsable;
  }

  /** The library ends the process where a database is asked that is closed. */
  #requireOpen(): void {
    if (!this.#isOpen) throw new StoreError("unavailable", "the HSM is closed");
  }
}
