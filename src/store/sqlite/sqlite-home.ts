import { accessSync, constants, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../../files/folder.ts";
import type { Address } from "../address.ts";
import { FilePresence } from "./file-presence.ts";
import { fileWords, foundOf, refusalOf } from "./file-words.ts";
import type { Found, HeldHsm, Home, Waiting } from "../home.ts";
import { type FileState, addressOf, hsmFile, idMark, inspectFile } from "./hsm-file.ts";
import { mayBeHeld, openedAs } from "./open-files.ts";
import { unlimited } from "../patience.ts";
import type { SharedStore } from "./shared-store.ts";
import { storeError } from "./sqlite.ts";
import { type Store, StoreError, type Transaction } from "../store.ts";
import { waitFor } from "../waiting.ts";

/** A home that is a folder, in which each HSM has a file of its own. What a start without requests does not need is loaded later. */
export class SqliteHome implements Home {
  readonly name: string;
  readonly words = fileWords;
  readonly presence: FilePresence;
  /** The stores by their files: the library leaves a file that is closed open until its statements are collected. */
  readonly #stores = new Map<string, SharedStore>();
  readonly #patience;

  /** @param patience how long this shell's requests wait for other processes */
  constructor(folder: string, patience = unlimited) {
    this.name = folder;
    this.presence = new FilePresence(folder, patience);
    this.#patience = patience;
  }

  placeOf(address: Address): string {
    return hsmFile(this.name, address);
  }

  markOf(hsmId: string): string {
    return String(idMark(hsmId));
  }

  async inspect(address: Address): Promise<Found> {
    const path = this.placeOf(address);
    return foundOf(await look(path), path);
  }

  async list(): Promise<readonly Address[]> {
    const there: Address[] = [];
    for (const name of namesIn(this.name).sort()) {
      const address = addressOf(name);
      if (address !== undefined && !(await isAbsent(this.placeOf(address)))) there.push(address);
    }
    return there;
  }

  async open(address: Address): Promise<Store> {
    const path = this.placeOf(address);
    return this.#kept(path) ?? this.#open(path, await look(path));
  }

  async records(): Promise<Store | undefined> {
    const path = this.#recordsFile;
    const kept = this.#kept(path);
    if (kept !== undefined) return kept;
    // Each request looks for it, and in most homes it is not there: that is to cost no exception.
    if (isNowhere(path)) return undefined;
    const state = await look(path);
    return state.kind === "absent" ? undefined : this.#open(path, state);
  }

  async keepRecords(): Promise<Store> {
    const present = await this.records();
    if (present !== undefined) return present;
    const path = this.#recordsFile;
    const { createFile } = await import("./new-file.ts");
    await createFile(path, idMark(recordsName), this.#patience, () => Promise.resolve());
    return this.#open(path, await look(path));
  }

  /** Empties the logs beside the files: a backup of a file is complete then, though shells are open. Never rejects. */
  async settle(): Promise<void> {
    for (const store of this.#stores.values()) await store.settle();
  }

  async close(): Promise<void> {
    this.presence.close();
    for (const store of this.#stores.values()) if (store.isUsable) await store.close();
  }

  untilChanged(milliseconds: number, signal: AbortSignal): Promise<void> {
    return waitFor(milliseconds, signal);
  }

  prepare(): Promise<void> {
    return Promise.resolve(this.name).then((folder) => {
      try {
        makeFolder(folder);
        accessSync(folder, constants.W_OK | constants.X_OK);
      } catch (error) {
        throw new StoreError("failed", (error as Error).message, { cause: error });
      }
    });
  }

  async exclusively<T>(waiting: Waiting, work: () => Promise<T>): Promise<T> {
    const { withCreationLock } = await import("./creation-lock.ts");
    return withCreationLock(this.name, waiting, work);
  }

  async create(address: Address, hsmId: string, work: (transaction: Transaction) => Promise<void>): Promise<void> {
    try {
      makeFolder(this.name);
    } catch (error) {
      throw storeError(error, this.name);
    }
    const { createFile } = await import("./new-file.ts");
    await createFile(this.placeOf(address), idMark(hsmId), this.#patience, work);
  }

  hold(address: Address): Promise<HeldHsm> {
    return takeFile(this.placeOf(address));
  }

  async holdRecords(): Promise<HeldHsm | undefined> {
    const path = this.#recordsFile;
    return (await look(path)).kind === "absent" ? undefined : takeFile(path);
  }

  giveBack(): Promise<void> {
    return giveBack();
  }

  traceOf(address: Address): Promise<string> {
    const path = this.placeOf(address);
    return Promise.resolve(path).then(traceOfFile);
  }

  traceOfRecords(): Promise<string> {
    return Promise.resolve(this.#recordsFile).then(traceOfFile);
  }

  get #recordsFile(): string {
    return join(this.name, recordsName);
  }

  #kept(path: string): SharedStore | undefined {
    const kept = this.#stores.get(path);
    return kept?.isUsable === true ? kept : undefined;
  }

  async #open(path: string, state: FileState): Promise<SharedStore> {
    if (state.kind !== "hsm") throw refusalOf(state, path);
    const { SharedStore } = await import("./shared-store.ts");
    const store = await SharedStore.open(path, state, this.#patience);
    this.#stores.set(path, store);
    return store;
  }
}

/** The name of the file of what belongs to no HSM; that of an HSM's file ends in another way. */
const recordsName = "fleet.records";

/** Holds a file. What this process itself closed a moment ago may be in the way once. */
async function takeFile(path: string): Promise<HeldHsm> {
  const { HeldFile } = await import("./held-file.ts");
  try {
    return await HeldFile.take(path);
  } catch (error) {
    if (!(error instanceof StoreError) || error.failure !== "busy") throw error;
    await giveBack();
    return HeldFile.take(path);
  }
}

/**
 * Every commit writes to the file or to the log beside it, and every new file is another one. An empty log comes and goes
 * with whoever reads.
 */
function traceOfFile(path: string): string {
  try {
    return ["", "-wal"].map((end) => traceOfOne(`${path}${end}`)).join(" ");
  } catch (error) {
    throw storeError(error, path);
  }
}

function traceOfOne(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found === undefined || found.size === 0n
    ? "-"
    : `${String(found.ino)}:${String(found.size)}:${String(found.mtimeNs)}`;
}

async function giveBack(): Promise<void> {
  const { giveBackClosedFiles } = await import("./give-back.ts");
  await giveBackClosedFiles();
}

/** Returns what is at a path. Throws {@link StoreError}. */
async function look(path: string): Promise<FileState> {
  try {
    for (;;) {
      const known = openedAs(path);
      if (known !== undefined) return known;
      if (!mayBeHeld(path)) return inspectFile(path);
      await giveBack();
    }
  } catch (error) {
    throw storeError(error, path);
  }
}

/** Whether there is certainly nothing at a path; what cannot be looked at is told of by {@link look}. */
function isNowhere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

/** What cannot be inspected is there. */
async function isAbsent(path: string): Promise<boolean> {
  try {
    return (await look(path)).kind === "absent";
  } catch {
    return false;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw storeError(error, folder);
  }
}
