import type { Key, Snapshot, Transaction } from "../../store/store.ts";
import { HsmError } from "../../hsm/return-code.ts";

/** What `typeof` says of a value. */
type NameOfType<V> = V extends string
  ? "string"
  : V extends number
    ? "number"
    : V extends boolean
      ? "boolean"
      : "object";

/** What every record of a collection is, or has: by this a damaged one is known. */
type Shape<V> = V extends object
  ? { readonly [K in keyof V as undefined extends V[K] ? never : K]: NameOfType<V[K]> }
  : NameOfType<V>;

/**
 * A collection of records in an HSM's store: typed inside, one line of JSON outside. Reading throws {@link HsmError}
 * STORAGE_FAILURE for a damaged record.
 */
export class Collection<K extends Key, V> {
  readonly #name: string;
  readonly #isWhole: (value: unknown) => boolean;

  /** @param isPossible what a value of this shape must pass besides, where it would do harm otherwise */
  constructor(name: string, shape: Shape<V>, isPossible: (value: V) => boolean = () => true) {
    const hasShape = checkOf(shape);
    this.#name = name;
    this.#isWhole = (value) => hasShape(value) && isPossible(value as V);
  }

  async get(snapshot: Snapshot, key: K): Promise<V | undefined> {
    const text = await snapshot.get(this.#name, key);
    return text === undefined ? undefined : this.read(text);
  }

  /** All records in the order of their keys. */
  async list(snapshot: Snapshot): Promise<readonly (readonly [K, V])[]> {
    const records = await snapshot.list(this.#name);
    return records.map(({ key, text }) => [key as K, this.read(text)]);
  }

  /** The texts of all records by key, for {@link read}. */
  async texts(snapshot: Snapshot): Promise<ReadonlyMap<K, string>> {
    return new Map((await snapshot.list(this.#name)).map(({ key, text }) => [key as K, text]));
  }

  /** The value that the text of a record has. */
  read(text: string): V {
    const value = parse(text);
    if (!this.accepts(value)) throw new HsmError("STORAGE_FAILURE");
    return value;
  }

  count(snapshot: Snapshot): Promise<number> {
    return snapshot.count(this.#name);
  }

  async lastKey(snapshot: Snapshot): Promise<K | undefined> {
    return (await snapshot.lastKey(this.#name)) as K | undefined;
  }

  async put(transaction: Transaction, key: K, value: V): Promise<void> {
    await transaction.put(this.#name, key, JSON.stringify(value));
  }

  async remove(transaction: Transaction, key: K): Promise<void> {
    await transaction.remove(this.#name, key);
  }

  /** Removes all records, damaged ones too. */
  async clear(transaction: Transaction): Promise<void> {
    for (const { key } of await transaction.list(this.#name)) await transaction.remove(this.#name, key);
  }

  /** Whether a value has the members that all records here have, with their types, and is possible. */
  accepts(value: unknown): value is V {
    return this.#isWhole(value);
  }
}

/** A parser's own message would repeat the text, which may be a secret. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HsmError("STORAGE_FAILURE");
  }
}

/** What a value must pass to have a shape. */
function checkOf(shape: unknown): (value: unknown) => boolean {
  if (typeof shape === "string") return (value) => typeof value === shape && value !== null;
  const members = Object.entries(shape as Readonly<Record<string, string>>);
  return (value) => {
    if (typeof value !== "object" || value === null) return false;
    const found = value as Readonly<Record<string, unknown>>;
    return members.every(([name, type]) => typeof found[name] === type && found[name] !== null);
  };
}
