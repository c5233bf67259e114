import type { Address } from "../../src/store/address.ts";
import type { HeldHsm, Home } from "../../src/store/home.ts";
import type { Store } from "../../src/store/store.ts";

/** What ends the work in a home that is to die. */
export class Killed extends Error {}

/** Counts what is written in a home, and ends whoever is about to write more than so often. */
export class Writes {
  /** How many there were. */
  count = 0;
  readonly #most: number;

  constructor(most = Infinity) {
    this.#most = most;
  }

  /** To be called before each: from the one on that is not to be, none is. */
  next(): void {
    if (this.count >= this.#most) throw new Killed();
    this.count++;
  }
}

/** A home in which each write is whole, and the last one may be followed by nothing. */
export function dyingHome(home: Home, writes: Writes): Home {
  const storeOf = (store: Store): Store => ({
    read: (work) => store.read(work),
    change: (work) => {
      writes.next();
      return store.change(work);
    },
    check: () => store.check(),
    close: () => store.close(),
  });
  const heldOf = (held: HeldHsm): HeldHsm => ({
    read: (work) => held.read(work),
    delete: () => {
      writes.next();
      return held.delete();
    },
    release: () => held.release(),
  });
  const own: Partial<Home> = {
    open: async (address: Address) => storeOf(await home.open(address)),
    records: async () => {
      const records = await home.records();
      return records === undefined ? undefined : storeOf(records);
    },
    keepRecords: async () => storeOf(await home.keepRecords()),
    create: async (address, hsmId, work) => {
      writes.next();
      await home.create(address, hsmId, work);
    },
    hold: async (address) => heldOf(await home.hold(address)),
  };
  return new Proxy(home, {
    get(target, name) {
      if (name in own) return own[name as keyof Home];
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}
