import { makeFolder } from "../../files/folder.ts";
import { HeldFile } from "./held-file.ts";
import { type FileState, hsmFile, idMark, inspectFile } from "./hsm-file.ts";
import { createFile } from "./new-file.ts";
import { type Patience, unlimited } from "../patience.ts";
import { storeError } from "./sqlite.ts";
import { SharedStore, openedAs } from "./shared-store.ts";
import type { Address } from "../address.ts";
import { type Store, StoreError, type Transaction } from "../store.ts";

/** The folder in which the HSMs of one home live, each in a file of its own. */
export class HsmFolder {
  readonly path: string;
  /** The stores by their files: the library leaves a file that is closed open until its statements are collected. */
  readonly #stores = new Map<string, SharedStore>();
  readonly #patience: Patience;

  /** @param patience how long its stores wait for other processes */
  constructor(path: string, patience = unlimited) {
    this.path = path;
    this.#patience = patience;
  }

  /** The file of the HSM at an address, whether it exists or not. */
  file({ hostname, port }: Address): string {
    return hsmFile(this.path, hostname, port);
  }

  /**
   * What stands at an address. A file that is open as a database is not opened once more to look at it: closing
   * that would drop the locks of the database, and other processes would take away what it works on.
   * Throws {@link StoreError}.
   */
  inspect(address: Address): FileState {
    const path = this.file(address);
    try {
      return openedAs(path) ?? inspectFile(path);
    } catch (error) {
      throw storeError(error, path);
    }
  }

  /**
   * Opens the store of the HSM at an address, or gives the one that is open: it stays so until somebody closes it, also
   * where its records turn out to be damaged and are asked for again and again. Throws {@link StoreError} `unavailable`
   * where there is none.
   */
  async open(address: Address): Promise<Store> {
    const path = this.file(address);
    const kept = this.#stores.get(path);
    if (kept?.isUsable === true) return kept;
    const found = this.inspect(address);
    if (found.kind === "linked")
      throw new StoreError("unavailable", `${path} has another name (a hard link)`, {
        advice: "delete the other name",
      });
    if (found.kind === "otherLog")
      throw new StoreError("unavailable", `${path} is older or newer than the log beside it`, {
        advice: `remove ${path}-wal and ${path}-shm`,
      });
    if (found.kind === "empty") throw new StoreError("unavailable", `${path} is empty: all that it held is lost`);
    if (found.kind !== "hsm") throw new StoreError("unavailable", `${path} is not the file of an HSM`);
    const store = await SharedStore.open(path, found, this.#patience);
    this.#stores.set(path, store);
    return store;
  }

  /** Empties the logs beside the files: a backup of a file is complete then, though shells are open. Never rejects. */
  async settle(): Promise<void> {
    for (const store of this.#stores.values()) await store.settle();
  }

  /** Closes what is still open. */
  async close(): Promise<void> {
    for (const store of this.#stores.values()) if (store.isUsable) await store.close();
  }

  /** Holds the file of an HSM for deleting it. Throws {@link StoreError} `busy` while another process has it open. */
  hold(address: Address): Promise<HeldFile> {
    return HeldFile.take(this.file(address));
  }

  /** Creates the store of an HSM, all or nothing; leaves one that exists as it is. Throws {@link StoreError}. */
  async create(address: Address, hsmId: string, work: (transaction: Transaction) => Promise<void>): Promise<void> {
    try {
      makeFolder(this.path);
    } catch (error) {
      throw storeError(error, this.path);
    }
    await createFile(this.file(address), idMark(hsmId), this.#patience, work);
  }
}
