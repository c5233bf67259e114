import { type Key, type StoredRecord, compareKeys } from "../store.ts";

/** Records and answers that are remembered of a place at the most: what is beyond is asked for again. */
const most = 5_000;

/** Collections of which records are asked for beside those of another one. */
const mostBeside = 40;

/** What a transaction changed of a place. */
export interface Changed {
  readonly records: readonly { readonly collection: string; readonly key: Key; readonly text: string | undefined }[];
  /** The number of the last event that was added; undefined where none was. */
  readonly lastEvent: number | undefined;
}

/**
 * What a shell has seen of a place in one version of it. Each transaction that changes a place makes another version, in
 * the same row: whoever looks at the version, as each transaction does first, need not ask again for what was seen in it.
 */
export class Known {
  readonly lists = new Map<string, readonly StoredRecord[]>();
  readonly counts = new Map<string, number>();
  readonly lastKeys = new Map<string, Key | undefined>();
  /** By the one name that there is. */
  readonly lastEvents = new Map<string, number | undefined>();
  readonly #records = new Map<string, Map<Key, string | undefined>>();
  #version: string | undefined;
  #size = 0;

  /** A version that the server has told of: what was seen in another one is forgotten. */
  enter(version: string): void {
    if (version === this.#version) return;
    this.#forget();
    this.#version = version;
  }

  isAt(version: string): boolean {
    return version === this.#version;
  }

  /** A version that this shell made of `before`. */
  follow(before: string, version: string, { records, lastEvent }: Changed): void {
    if (before !== this.#version) return;
    this.#version = version;
    for (const { collection, key, text } of records) {
      this.lists.delete(collection);
      this.counts.delete(collection);
      const last = this.lastKeys.get(collection);
      if (text === undefined) this.lastKeys.delete(collection);
      else if (last !== undefined && compareKeys(key, last) > 0) this.lastKeys.set(collection, key);
      this.record(collection, key, text);
    }
    if (lastEvent !== undefined) this.lastEvents.set("", lastEvent);
  }

  /** Whether it is known what a record has. */
  has(collection: string, key: Key): boolean {
    return this.#records.get(collection)?.has(key) === true;
  }

  /** What a record has; undefined where there is none. */
  get(collection: string, key: Key): string | undefined {
    return this.#records.get(collection)?.get(key);
  }

  /** Remembers what a record has. */
  record(collection: string, key: Key, text: string | undefined): void {
    if (this.#size >= most) this.#forget();
    this.#size++;
    const records = this.#records.get(collection) ?? new Map<Key, string | undefined>();
    this.#records.set(collection, records);
    records.set(key, text);
  }

  /** Remembers an answer, unless it is of so many records that they would take the memory of all others. */
  answer<T>(answers: Map<string, T>, collection: string, answer: T): void {
    const size = Array.isArray(answer) ? answer.length : 1;
    if (size > most / 5) return;
    if (this.#size + size > most) this.#forget();
    this.#size += size;
    answers.set(collection, answer);
  }

  /**
   * The collections whose records with a key are fetched when one of them is asked for: what belongs to a user or a key of
   * the HSM is in several, under the same key, and whoever asks for one of them asks for others.
   */
  beside(collection: string): readonly string[] {
    const asked = [...this.#records.keys()];
    return asked.length < mostBeside ? [...new Set([...asked, collection])] : [collection];
  }

  #forget(): void {
    this.#size = 0;
    for (const records of this.#records.values()) records.clear();
    for (const answers of [this.lists, this.counts, this.lastKeys, this.lastEvents]) answers.clear();
  }
}
