import type { Key, Snapshot, StoredEvent, StoredRecord, Transaction } from "./store.ts";

/**
 * A part of what a store keeps, as if it were all: the collections whose names begin so. It has no log of its own, so none
 * of its events is written.
 */
export class PartSnapshot implements Snapshot {
  readonly #whole: Snapshot;
  readonly #prefix: string;

  /** @param prefix letters, digits and underscores, as names of collections have them */
  constructor(whole: Snapshot, prefix: string) {
    this.#whole = whole;
    this.#prefix = prefix;
  }

  get(collection: string, key: Key): Promise<string | undefined> {
    return this.#whole.get(this.nameOf(collection), key);
  }

  list(collection: string): Promise<readonly StoredRecord[]> {
    return this.#whole.list(this.nameOf(collection));
  }

  count(collection: string): Promise<number> {
    return this.#whole.count(this.nameOf(collection));
  }

  async collections(): Promise<readonly string[]> {
    const all = await this.#whole.collections();
    return all.filter((name) => name.startsWith(this.#prefix)).map((name) => name.slice(this.#prefix.length));
  }

  lastKey(collection: string): Promise<Key | undefined> {
    return this.#whole.lastKey(this.nameOf(collection));
  }

  events(): Promise<readonly StoredEvent[]> {
    return Promise.resolve([]);
  }

  countEvents(): Promise<number> {
    return Promise.resolve(0);
  }

  lastEvent(): Promise<number | undefined> {
    return Promise.resolve(undefined);
  }

  /** What the whole store calls a collection of this part. */
  protected nameOf(collection: string): string {
    return `${this.#prefix}${collection}`;
  }
}

/** A part of a store that can be changed; what else the transaction changes ends with it. */
export class PartTransaction extends PartSnapshot implements Transaction {
  readonly #transaction: Transaction;

  constructor(whole: Transaction, prefix: string) {
    super(whole, prefix);
    this.#transaction = whole;
  }

  put(collection: string, key: Key, text: string): Promise<void> {
    return this.#transaction.put(this.nameOf(collection), key, text);
  }

  remove(collection: string, key: Key): Promise<void> {
    return this.#transaction.remove(this.nameOf(collection), key);
  }

  append(): Promise<void> {
    return Promise.reject(new Error("a part of a store has no log"));
  }

  undo(): Promise<void> {
    return Promise.reject(new Error("a part of a store cannot undo what the whole one has written"));
  }
}
