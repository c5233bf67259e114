import { ProgramError } from "../errors/program-error.ts";

/** The key of a record inside its collection: numbers sort before texts. */
export type Key = number | string;

/** The order of keys: numbers before texts. */
export function compareKeys(one: Key, other: Key): number {
  if (typeof one === "number") return typeof other === "number" ? one - other : -1;
  if (typeof other === "number") return 1;
  return one < other ? -1 : Number(one > other);
}

/** One record of a collection. The store keeps its text, which is JSON, and never reads it. */
export interface StoredRecord {
  readonly key: Key;
  readonly text: string;
}

/** One event of the log. */
export interface StoredEvent {
  readonly sequence: number;
  readonly text: string;
}

/** A consistent look at everything that a store keeps. */
export interface Snapshot {
  get(collection: string, key: Key): Promise<string | undefined>;
  /** All records of a collection, in the order of their keys. */
  list(collection: string): Promise<readonly StoredRecord[]>;
  count(collection: string): Promise<number>;
  /** The names of the collections that hold anything, in no order. */
  collections(): Promise<readonly string[]>;
  /** The greatest key of a collection; undefined when it is empty. */
  lastKey(collection: string): Promise<Key | undefined>;
  /** The events of the log from a number on, in their order: at most so many, or all that there are. */
  events(from?: number, atMost?: number): Promise<readonly StoredEvent[]>;
  countEvents(): Promise<number>;
  /** The number of the log's last event; undefined when it is empty. */
  lastEvent(): Promise<number | undefined>;
}

/** A snapshot that can be changed. Nothing of it is seen by others, or kept, before it ends well. */
export interface Transaction extends Snapshot {
  put(collection: string, key: Key, text: string): Promise<void>;
  remove(collection: string, key: Key): Promise<void>;
  /** Adds an event to the log, under a number that no event has. Nothing changes it afterwards. */
  append(event: StoredEvent): Promise<void>;
  /** Takes back everything that was written since it began, and goes on. */
  undo(): Promise<void>;
}

/** What one HSM keeps through power-off. */
export interface Store {
  /** Runs `work` on one snapshot. Throws {@link StoreError}. */
  read<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T>;
  /**
   * Runs `work` as one transaction. When this resolves, all its changes are on disk; when it rejects, none is. A store may
   * run `work` again as if it had not run before: it changes nothing but the transaction. Throws {@link StoreError}, and
   * whatever `work` throws.
   */
  change<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Looks whether what it keeps is still there. Throws {@link StoreError} `unavailable`. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Why a store could not do its work. */
export type StoreFailure = "unavailable" | "damaged" | "busy" | "full" | "failed";

/** A store that did not do what it was asked: the disk, the file or another process is at fault. */
export class StoreError extends ProgramError {
  override readonly name = "StoreError";
  override readonly fault = "system";
  readonly failure: StoreFailure;
  override readonly advice: string | undefined;

  constructor(failure: StoreFailure, message: string, options?: ErrorOptions & { readonly advice?: string }) {
    super(message, options);
    this.failure = failure;
    this.advice = options?.advice;
  }
}
