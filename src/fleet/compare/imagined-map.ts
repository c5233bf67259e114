/** A map as it will be after changes: what it began as stays as it is, and is copied before the first change alone. */
export class ImaginedMap<K, V> {
  #now: ReadonlyMap<K, V>;
  #copy: Map<K, V> | undefined;

  constructor(before: ReadonlyMap<K, V>) {
    this.#now = before;
  }

  get now(): ReadonlyMap<K, V> {
    return this.#now;
  }

  set(key: K, value: V): void {
    this.#changing().set(key, value);
  }

  delete(key: K): void {
    this.#changing().delete(key);
  }

  #changing(): Map<K, V> {
    this.#copy ??= new Map(this.#now);
    this.#now = this.#copy;
    return this.#copy;
  }
}

/** Makes something of an object once, as long as the object is in use. */
export function remembered<T extends object, V>(make: (from: T) => V): (from: T) => V {
  const known = new WeakMap<T, V>();
  return (from) => {
    const made = known.get(from) ?? make(from);
    known.set(from, made);
    return made;
  };
}
