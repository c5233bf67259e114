import { type Key, type StoredEvent, type StoredRecord, type Transaction, compareKeys } from "../store.ts";

/** All records of a store in memory. */
export type Collections = ReadonlyMap<string, ReadonlyMap<Key, string>>;

/** A transaction on copies of what it changes: what it began with stays as it was. */
export class MemoryTransaction implements Transaction {
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

  /** All that is there now, by the names of the collections. */
  get content(): Collections {
    return this.#collections;
  }

  collections(): Promise<readonly string[]> {
    return Promise.resolve([...this.#collections].filter(([, records]) => records.size > 0).map(([name]) => name));
  }

  get(collection: string, key: Key): Promise<string | undefined> {
    return Promise.resolve(this.#collections.get(collection)?.get(key));
  }

  list(collection: string): Promise<readonly StoredRecord[]> {
    const records = [...(this.#collections.get(collection) ?? [])].map(([key, text]) => ({ key, text }));
    return Promise.resolve(records.sort((one, other) => compareKeys(one.key, other.key)));
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

  events(from = 0, atMost?: number): Promise<readonly StoredEvent[]> {
    return Promise.resolve(this.#log.filter(({ sequence }) => sequence >= from).slice(0, atMost));
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
