import { randomBytes } from "node:crypto";
import type { ReadHsm, ReadLastSet } from "../../fleet/compare/compare-home.ts";
import type { Relative } from "../../fleet/compare/relative.ts";
import type { ComparableHsm } from "../../simulator/comparable-reader.ts";
import { type Address, addressKey } from "../../store/address.ts";
import type { Home } from "../../store/home.ts";
import type { HsmEvent } from "./board-events.ts";
import { WatchedHsm } from "./watched-hsm.ts";

/** A home that is open, and the traces that its HSMs have, by the keys of their addresses. */
export interface TracedHome {
  readonly home: Home;
  readonly traces: ReadonlyMap<string, string>;
}

/** The HSMs of a home that is looked at again and again: one of many in a large fleet costs what was changed on it. */
export class WatchedHsms {
  /** Marks of one look can be compared with those of another. */
  readonly #secret = randomBytes(32);
  readonly #hsms = new Map<string, WatchedHsm>();

  /** Reads HSMs, and forgets those that are gone. Logins of shells that ended are left out. */
  reading({ home, traces }: TracedHome): ReadHsm {
    for (const key of this.#hsms.keys()) if (!traces.has(key)) this.#hsms.delete(key);
    return async (address) => {
      const hsm = await this.#at(address).read(home, traceOf(address, traces));
      const alive: ComparableHsm["logins"][number][] = [];
      for (const login of hsm.logins) if (await home.presence.isAlive(login.shell)) alive.push(login);
      return { ...hsm, logins: alive };
    };
  }

  /** Reads when what was set last on HSMs. */
  readingLastSet({ home, traces }: TracedHome): ReadLastSet {
    return (address) => this.#at(address).lastSet(home, traceOf(address, traces));
  }

  /** What these HSMs recorded since the last look. */
  async news({ home, traces }: TracedHome, hsms: readonly Relative[]): Promise<readonly HsmEvent[]> {
    const all: HsmEvent[] = [];
    for (const hsm of hsms) {
      const events = await this.#at(hsm).news(home, traceOf(hsm, traces));
      all.push(...events.map((event) => ({ hsmId: hsm.hsmId, event })));
    }
    return all;
  }

  /** The marks of the shells that are logged in anywhere. */
  get shells(): ReadonlySet<string> {
    const logins = [...this.#hsms.values()].flatMap(({ content }) => content?.logins ?? []);
    return new Set(logins.map(({ shell }) => shell));
  }

  #at({ hostname, port }: Address): WatchedHsm {
    const address = { hostname, port };
    const key = addressKey(address);
    const hsm = this.#hsms.get(key) ?? new WatchedHsm(address, this.#secret);
    this.#hsms.set(key, hsm);
    return hsm;
  }
}

/** An HSM that was made since traces were looked at has none: the next look finds another one. */
function traceOf(address: Address, traces: ReadonlyMap<string, string>): string {
  return traces.get(addressKey(address)) ?? "";
}
