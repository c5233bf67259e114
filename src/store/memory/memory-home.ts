import { type Address, addressKey } from "../address.ts";
import type { Found, HeldHsm, Home, HomeWords, Waiting } from "../home.ts";
import { type MemoryHsm, MemoryPart } from "./memory-hsm.ts";
import type { MemoryPlace } from "./memory-place.ts";
import { MemoryPresence } from "./memory-presence.ts";
import { MemoryStore } from "./memory-store.ts";
import { type Store, StoreError, type Transaction } from "../store.ts";
import { waitFor } from "../waiting.ts";

/** Milliseconds between two looks whether others are through. */
const retry = 5;

/** A home that ends with the process, for shells of this process only. */
export class MemoryHome implements Home {
  readonly name = "memory";
  readonly words: HomeWords = { home: "home", place: "record", restore: () => "delete it" };
  readonly presence: MemoryPresence;
  readonly #place: MemoryPlace;
  readonly #parts = new Map<string, MemoryPart>();
  #records: MemoryPart | undefined;

  constructor(place: MemoryPlace) {
    this.#place = place;
    this.presence = new MemoryPresence(place);
  }

  placeOf(address: Address): string {
    return addressKey(address);
  }

  markOf(hsmId: string): string {
    return hsmId;
  }

  inspect(address: Address): Promise<Found> {
    const hsm = this.#place.hsms.get(addressKey(address));
    return Promise.resolve(
      hsm === undefined ? { kind: "absent" } : { kind: "hsm", mark: this.markOf(hsm.id), since: hsm.since },
    );
  }

  list(): Promise<readonly Address[]> {
    const hsms = [...this.#place.hsms].sort(([one], [other]) => (one < other ? -1 : 1));
    return Promise.resolve(hsms.map(([, { address }]) => address));
  }

  open(address: Address): Promise<Store> {
    const key = addressKey(address);
    const kept = this.#parts.get(key);
    if (kept?.isOpen === true) return Promise.resolve(kept);
    const hsm = this.#place.hsms.get(key);
    if (hsm === undefined) return Promise.reject(new StoreError("unavailable", `there is no HSM at ${key}`));
    if (hsm.isHeld) return Promise.reject(new StoreError("busy", `${key} is held`));
    const part = new MemoryPart(hsm);
    this.#parts.set(key, part);
    return Promise.resolve(part);
  }

  records(): Promise<Store | undefined> {
    const { records } = this.#place;
    if (records === undefined) return Promise.resolve(undefined);
    if (this.#records?.isOpen !== true) this.#records = new MemoryPart(records);
    return Promise.resolve(this.#records);
  }

  async keepRecords(): Promise<Store> {
    const address = { hostname: "", port: 0 };
    const store = new MemoryStore();
    this.#place.records ??= { address, id: "", since: new Date(), store, users: new Set(), isHeld: false };
    return (await this.records()) ?? store;
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    this.presence.close();
    for (const part of this.#parts.values()) await part.close();
    await this.#records?.close();
  }

  giveBack(): Promise<void> {
    return Promise.resolve();
  }

  traceOf(address: Address): Promise<string> {
    return Promise.resolve(traceOf(this.#place.hsms.get(addressKey(address))));
  }

  traceOfRecords(): Promise<string> {
    return Promise.resolve(traceOf(this.#place.records));
  }

  untilChanged(milliseconds: number, signal: AbortSignal): Promise<void> {
    return waitFor(milliseconds, signal);
  }

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  async exclusively<T>({ signal, waited }: Waiting, work: () => Promise<T>): Promise<T> {
    const begin = performance.now();
    signal.throwIfAborted();
    while (this.#place.isTaken) {
      waited(performance.now() - begin);
      await new Promise((resolve) => setTimeout(resolve, retry));
      signal.throwIfAborted();
    }
    this.#place.isTaken = true;
    try {
      return await work();
    } finally {
      this.#place.isTaken = false;
    }
  }

  async create(address: Address, id: string, work: (transaction: Transaction) => Promise<void>): Promise<void> {
    const { hsms } = this.#place;
    const key = addressKey(address);
    if (hsms.has(key)) return;
    const store = new MemoryStore();
    await store.change(work);
    const { hostname, port } = address;
    const kept = { hostname: hostname.toLowerCase(), port };
    hsms.set(key, { address: kept, id, since: new Date(), store, users: new Set(), isHeld: false });
  }

  hold(address: Address): Promise<HeldHsm> {
    const { hsms } = this.#place;
    const key = addressKey(address);
    const hsm = hsms.get(key);
    if (hsm === undefined) return Promise.reject(new StoreError("unavailable", `there is no HSM at ${key}`));
    return held(hsm, () => hsms.delete(key));
  }

  holdRecords(): Promise<HeldHsm | undefined> {
    const place = this.#place;
    if (place.records === undefined) return Promise.resolve(undefined);
    return held(place.records, () => (place.records = undefined));
  }
}

function traceOf(hsm: MemoryHsm | undefined): string {
  return hsm === undefined ? "-" : `${String(hsm.since.getTime())}:${String(hsm.store.changes)}`;
}

function held(hsm: MemoryHsm, remove: () => unknown): Promise<HeldHsm> {
  if (hsm.isHeld || hsm.users.size > 0) return Promise.reject(new StoreError("busy", "it is open"));
  hsm.isHeld = true;
  return Promise.resolve({
    read: (work) => hsm.store.read(work),
    delete: () => Promise.resolve(void remove()),
    release: () => Promise.resolve(void (hsm.isHeld = false)),
  });
}
