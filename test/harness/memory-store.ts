import type { Key, Snapshot, Store, StoredEvent, StoredRecord, Transaction } from "../../src/store/store.ts";

type Collections = ReadonlyMap<string, ReadonlyMap<Key, string>>;

/** A store that keeps nothing through power-off: for tests of what an HSM decides, thousands of requests at a time. */
export class MemoryStore implements Store {
  #collections: Collections;
  #events: readonly StoredEvent[];
  #last: Promise<unknown> = Promise.resolve();

  /** @param like what the new store begins with */
  constructor(like?: MemoryStore) {
    this.#collections = like === undefined ? new Map() : like.#collections;
    this.#events = like === undefined ? [] : like.#events;
  }

  /** The names of the collections that hold anything. */
  get collections(): readonly string[] {
    return [...this.#collections].filter(([, records]) => records.size > 0).map(([name]) => name);
  }

  read<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    return work(new MemoryTransaction(this.#collections, this.#events));
  }

  change<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const changed = this.#last.then(async () => {
      const transaction = new MemoryTransaction(this.#collections, this.#events);
      const result = await work(transaction);
      this.#collections = transaction.collections;
      this.#events = transaction.log;
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

class MemoryTransaction implements Transaction {
  /** What was there before, but for the collections that are changed: they are copies of this transaction's own. */
  #collections: Map<string, ReadonlyMap<Key, string>>;
  #own = new Map<string, Map<Key, string>>();
  readonly #before: Collections;
  #log: readonly StoredEvent[];
  readonly #logBefore: readonly StoredEvent[];

  constructor(collections: Collections, log: readonly StoredEvent[]) {
    this.#before = collections;
    this.#collections = new Map(collections);
    this.#log = log;
    this.#logBefore = log;
  }

  get log(): readonly StoredEvent[] {
    return this.#log;
  }

  get collections(): Collections {
    return this.#collections;
  }

  get(collection: string, key: Key): Promise<string | undefined> {
    return Promise.resolve(this.#collections.get(collection)?.get(key));
  }

  list(collection: string): Promise<readonly StoredRecord[]> {
    const records = [...(this.#collections.get(collection) ?? [])].map(([key, text]) => ({ key, text }));
    return Promise.resolve(records.sort((one, other) => compare(one.key, other.key)));
  }

  count(collection: string): Promise<number> {
    return Promise.resolve(this.#collections.get(collection)?.size ?? 0);
  }

  async lastKey(collection: string): Promise<Key | undefined> {
    return (await this.list(collection)).at(-1)?.key;
  }

  put(collection: string, key: Key, text: string): Promise<void> {
    this.#changeable(collection).set(key, text);
    return Promise.resolve();
  }

  remove(collection: string, key: Key): Promise<void> {
    this.#changeable(collection).delete(key);
    return Promise.resolve();
  }

  events(): Promise<readonly StoredEvent[]> {
    return Promise.resolve(this.#log);
  }

  countEvents(): Promise<number> {
    return Promise.resolve(this.#log.length);
  }

  lastEvent(): Promise<number | undefined> {
    return Promise.resolve(this.#log.at(-1)?.sequence);
  }

  append(event: StoredEvent): Promise<void> {
    this.#log = [...this.#log, event];
    return Promise.resolve();
  }

  undo(): Promise<void> {
    this.#log = this.#logBefore;
    this.#collections = new Map(this.#before);
    this.#own = new Map();
    return Promise.resolve();
  }

  #changeable(collection: string): Map<Key, string> {
    const own = this.#own.get(collection) ?? new Map(this.#collections.get(collection));
    this.#own.set(collection, own);
    this.#collections.set(collection, own);
    return own;
  }
}

/** Numbers before texts. */
function compare(one: Key, other: Key): number {
  if (typeof one === "number") return typeof other === "number" ? one - other : -1;
  if (typeof other === "number") return 1;
  return one < other ? -1 : Number(one > other);
}
