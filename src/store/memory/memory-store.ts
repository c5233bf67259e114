import { type Collections, MemoryTransaction } from "./memory-transaction.ts";
import type { Snapshot, Store, StoredEvent, Transaction } from "../store.ts";

/** A store that keeps nothing through power-off: for what an HSM decides, thousands of requests at a time. */
export class MemoryStore implements Store {
  #collections: Collections;
  #events: readonly StoredEvent[];
  #last: Promise<unknown> = Promise.resolve();
  #changes = 0;

  /** @param like what the new store begins with */
  constructor(like?: MemoryStore) {
    this.#collections = like === undefined ? new Map() : like.#collections;
    this.#events = like === undefined ? [] : like.#events;
  }

  /** The names of the collections that hold anything. */
  get collections(): readonly string[] {
    return [...this.#collections].filter(([, records]) => records.size > 0).map(([name]) => name);
  }

  /** How many transactions changed it. */
  get changes(): number {
    return this.#changes;
  }

  read<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    return work(new MemoryTransaction(this.#collections, this.#events));
  }

  change<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const changed = this.#last.then(async () => {
      const transaction = new MemoryTransaction(this.#collections, this.#events);
      const result = await work(transaction);
      this.#collections = transaction.content;
      this.#events = transaction.log;
      this.#changes++;
      return result;
    });
    this.#last = changed.catch(() => undefined);
    return changed;
  }

  check(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
