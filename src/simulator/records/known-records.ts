import type { Key } from "../../store/store.ts";

interface Known<V> {
  readonly texts: readonly string[];
  readonly value: V;
}

/** What records were read as the last time: one whose texts are the same still has the same value, and is not read anew. */
export class KnownRecords<V> {
  #known: ReadonlyMap<Key, Known<V>> = new Map();

  /**
   * The values of records, in their order; those that are not among them any more are forgotten.
   *
   * @param records with all texts that a value is made of
   * @param make called for texts that are other ones than the last time
   */
  read<K extends Key, T extends readonly string[]>(
    records: readonly (readonly [key: K, ...texts: T])[],
    make: (key: K, ...texts: T) => V,
  ): readonly V[] {
    const known = new Map<Key, Known<V>>();
    for (const [key, ...texts] of records) {
      const before = this.#known.get(key);
      const isSame = before?.texts.every((text, at) => text === texts[at]);
      known.set(key, before !== undefined && isSame === true ? before : { texts, value: make(key, ...texts) });
    }
    this.#known = known;
    return Array.from(known.values(), ({ value }) => value);
  }
}
