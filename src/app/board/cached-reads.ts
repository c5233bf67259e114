import { randomBytes } from "node:crypto";
import type { ReadHsm } from "../../fleet/compare/compare-home.ts";
import { type ComparableHsm, readComparable } from "../../simulator/comparable-reader.ts";
import { type Address, addressKey } from "../../store/address.ts";
import type { Home } from "../../store/home.ts";

interface Kept {
  readonly trace: string;
  readonly hsm: ComparableHsm;
}

/** What HSMs hold, read again only where they were changed: one of many in a large fleet costs what it holds. */
export class CachedReads {
  /** Marks of one look can be compared with those of another. */
  readonly #secret = randomBytes(32);
  readonly #kept = new Map<string, Kept>();

  /** Reads HSMs of a home that is open, at the traces that they have. Logins of shells that ended are left out. */
  reading(home: Home, traces: ReadonlyMap<string, string>): ReadHsm {
    return async (address) => {
      const hsm = await this.#read(home, address, traces.get(addressKey(address)));
      const alive: ComparableHsm["logins"][number][] = [];
      for (const login of hsm.logins) if (await home.presence.isAlive(login.shell)) alive.push(login);
      return { ...hsm, logins: alive };
    };
  }

  /** The marks of the shells that are logged in anywhere. */
  get shells(): ReadonlySet<string> {
    return new Set([...this.#kept.values()].flatMap(({ hsm }) => hsm.logins.map(({ shell }) => shell)));
  }

  async #read(home: Home, address: Address, trace: string | undefined): Promise<ComparableHsm> {
    const key = addressKey(address);
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.trace === trace) return kept.hsm;
    this.#kept.delete(key);
    const hsm = await readComparable(home.open(address), address, home.presence, this.#secret);
    if (trace !== undefined) this.#kept.set(key, { trace, hsm });
    return hsm;
  }
}
