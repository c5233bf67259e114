import Database from "libsql";
import type { Key, Snapshot, Store, StoredRecord, Transaction } from "../../src/store/store.ts";

type Records = ReadonlyMap<string, ReadonlyMap<Key, string>>;

/** The records of an HSM's file. */
export function recordsOf(file: string): Records {
  const database = new Database(file);
  const rows = database.prepare("SELECT collection, key, text FROM record").raw().all() as [string, Key, string][];
  database.close();
  const records = new Map<string, Map<Key, string>>();
  for (const [collection, key, text] of rows) {
    records.set(collection, (records.get(collection) ?? new Map<Key, string>()).set(key, text));
  }
  return records;
}

/** A store that keeps nothing but what a test needs: transactions, one after the other, all or nothing. */
export class MemoryStore implements Store {
  #records: Records;
  #last: Promise<unknown> = Promise.resolve();

  constructor(records: Records) {
    this.#records = records;
  }

  read<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    return this.#inTurn(() => work(new MemoryTransaction(this.#records)));
  }

  change<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      const transaction = new MemoryTransaction(this.#records);
      const result = await work(transaction);
      this.#records = transaction.records;
      return result;
    });
  }

  check(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

class MemoryTransaction implements Transaction {
  readonly #before: Records;
  records: Map<string, Map<Key, string>>;

  constructor(records: Records) {
    this.#before = records;
    this.records = copyOf(records);
  }

  get(collection: string, key: Key): Promise<string | undefined> {
    return Promise.resolve(this.records.get(collection)?.get(key));
  }

  list(collection: string): Promise<readonly StoredRecord[]> {
    const found = [...(this.records.get(collection) ?? [])].map(([key, text]) => ({ key, text }));
    return Promise.resolve(found.sort((one, other) => compare(one.key, other.key)));
  }

  count(collection: string): Promise<number> {
    return Promise.resolve(this.records.get(collection)?.size ?? 0);
  }

  async lastKey(collection: string): Promise<Key | undefined> {
    return (await this.list(collection)).at(-1)?.key;
  }

  put(collection: string, key: Key, text: string): Promise<void> {
    const records = this.records.get(collection) ?? new Map<Key, string>();
    this.records.set(collection, records.set(key, text));
    return Promise.resolve();
  }

  remove(collection: string, key: Key): Promise<void> {
    this.records.get(collection)?.delete(key);
    return Promise.resolve();
  }

  undo(): Promise<void> {
    this.records = copyOf(this.#before);
    return Promise.resolve();
  }
}

function copyOf(records: Records): Map<string, Map<Key, string>> {
  return new Map([...records].map(([name, collection]) => [name, new Map(collection)]));
}

function compare(one: Key, other: Key): number {
  if (typeof one === "number") return typeof other === "number" ? one - other : -1;
  if (typeof other === "number") return 1;
  return one < other ? -1 : Number(one > other);
}
