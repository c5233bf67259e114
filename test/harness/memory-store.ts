import type { Key, Snapshot, Store, StoredRecord, Transaction } from "../../src/store/store.ts";

type Collections = ReadonlyMap<string, ReadonlyMap<Key, string>>;

/** A store that keeps nothing through power-off: for tests of what an HSM decides, thousands of requests at a time. */
export class MemoryStore implements Store {
  #collections: Collections = new Map();
  #last: Promise<unknown> = Promise.resolve();

  read<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    return work(new MemoryTransaction(this.#collections));
  }

  change<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const changed = this.#last.then(async () => {
      const transaction = new MemoryTransaction(this.#collections);
      const result = await work(transaction);
      this.#collections = transaction.collections;
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
  readonly #before: Collections;
  #collections: Map<string, ReadonlyMap<Key, string>>;

  constructor(collections: Collections) {
    this.#before = collections;
    this.#collections = new Map(collections);
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
    this.#collections.set(collection, new Map([...(this.#collections.get(collection) ?? []), [key, text]]));
    return Promise.resolve();
  }

  remove(collection: string, key: Key): Promise<void> {
    const left = [...(this.#collections.get(collection) ?? [])].filter(([other]) => other !== key);
    this.#collections.set(collection, new Map(left));
    return Promise.resolve();
  }

  undo(): Promise<void> {
    this.#collections = new Map(this.#before);
    return Promise.resolve();
  }
}

/** Numbers before texts. */
function compare(one: Key, other: Key): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  if (typeof one === typeof other) return String(one) < String(other) ? -1 : 1;
  return typeof one === "number" ? -1 : 1;
}
