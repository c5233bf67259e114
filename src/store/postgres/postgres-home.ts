import { setTimeout as pause } from "node:timers/promises";
import { type Address, addressKey } from "../address.ts";
import { attempts } from "./attempts.ts";
import { Changes } from "./changes.ts";
import { commit, numberOf } from "./commit.ts";
import { Connections } from "./connections.ts";
import type { Found, HeldHsm, Home, HomeWords, Waiting } from "../home.ts";
import { Locks, creation } from "./locks.ts";
import { nothing } from "./nothing.ts";
import { type Patience, unlimited } from "../patience.ts";
import type { Place } from "./place.ts";
import { type FoundPlace, Places } from "./places.ts";
import { PostgresPresence } from "./postgres-presence.ts";
import { PostgresStore } from "./postgres-store.ts";
import { type Store, StoreError, type Transaction } from "../store.ts";
import { PostgresTransaction } from "./transaction.ts";

/** Milliseconds between two looks whether others are through. */
const retry = 50;

/** What is said of homes that are in a database. */
const words: HomeWords = {
  home: "database",
  place: "record",
  restore: (whose) => `restore a backup of the schema in which ${whose} record is`,
};

/** A home that is a schema of a PostgreSQL database. */
export class PostgresHome implements Home {
  readonly name: string;
  readonly words = words;
  readonly presence: PostgresPresence;
  readonly #connections: Connections;
  readonly #locks: Locks;
  readonly #places: Places;
  readonly #changes: Changes;
  readonly #patience: Patience;
  /** By the numbers of their places. */
  readonly #stores = new Map<number, PostgresStore>();
  /** What belongs to no HSM, once it was found: nobody deletes it while this shell has it open. */
  #records: PostgresStore | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param patience how long this shell's requests wait for other programs */
  constructor(place: Place, patience = unlimited) {
    this.name = place.name;
    this.#connections = new Connections(place);
    this.#locks = new Locks(this.#connections);
    this.#changes = new Changes(this.#connections);
    this.#places = new Places(this.#connections);
    this.#patience = patience;
    this.presence = new PostgresPresence(this.#locks);
  }

  /** Looks whether the server answers, and whether the schema is one that can hold a home. Throws StoreError. */
  async reach(): Promise<void> {
    await this.#connections.schema();
  }

  placeOf(address: Address): string {
    return `${addressKey(address)} in ${this.name}`;
  }

  markOf(hsmId: string): string {
    return hsmId;
  }

  async inspect(address: Address): Promise<Found> {
    const found = await this.#places.at(address);
    return found === undefined
      ? { kind: "absent" }
      : { kind: "hsm", mark: this.markOf(found.hsmId), since: found.since };
  }

  list(): Promise<readonly Address[]> {
    return this.#places.list();
  }

  async open(address: Address): Promise<Store> {
    return this.#open(await this.#require(address), this.placeOf(address));
  }

  async records(): Promise<Store | undefined> {
    if (this.#records?.isThere === true) return this.#records;
    const found = await this.#places.ofRecords();
    this.#records = found === undefined ? undefined : await this.#open(found, `what ${this.name} keeps`);
    return this.#records;
  }

  async keepRecords(): Promise<Store> {
    await this.#connections.made();
    return this.#open(await this.#places.makeRecords(await this.#locks.draw()), `what ${this.name} keeps`);
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    for (const store of [...this.#stores.values()]) await store.close();
    await this.#changes.close();
    await this.#locks.close();
    await this.#connections.close();
  }

  giveBack(): Promise<void> {
    return Promise.resolve();
  }

  async traceOf(address: Address): Promise<string> {
    return traceOf(await this.#places.at(address));
  }

  async traceOfRecords(): Promise<string> {
    return traceOf(await this.#places.ofRecords());
  }

  untilChanged(_milliseconds: number, signal: AbortSignal): Promise<void> {
    return this.#changes.next(signal);
  }

  async prepare(): Promise<void> {
    await this.#connections.made();
  }

  exclusively<T>(waiting: Waiting, work: () => Promise<T>): Promise<T> {
    // One session may have a lock twice: what one shell does takes turns here.
    const turn = this.#turn.then(() => this.#exclusively(waiting, work));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async create(address: Address, hsmId: string, work: (transaction: Transaction) => Promise<void>): Promise<void> {
    await this.#connections.made();
    const place = await this.#locks.draw();
    await attempts(this.#connections, this.#patience, async (client) => {
      await client.query("BEGIN ISOLATION LEVEL SERIALIZABLE");
      if (!(await this.#places.make(client, { place, address, hsmId }))) {
        await client.query("ROLLBACK");
        return;
      }
      const number = await numberOf(client);
      const transaction = new PostgresTransaction(client, place, nothing);
      await work(transaction);
      await commit(client, { transaction, number, result: undefined });
    });
  }

  async hold(address: Address): Promise<HeldHsm> {
    return this.#hold(await this.#require(address), this.placeOf(address));
  }

  async holdRecords(): Promise<HeldHsm | undefined> {
    const found = await this.#places.ofRecords();
    return found === undefined ? undefined : this.#hold(found, `what ${this.name} keeps`);
  }

  async #require(address: Address): Promise<FoundPlace> {
    const found = await this.#places.at(address);
    if (found === undefined) throw new StoreError("unavailable", `there is no HSM at ${this.placeOf(address)}`);
    return found;
  }

  async #exclusively<T>({ signal, waited }: Waiting, work: () => Promise<T>): Promise<T> {
    const begin = performance.now();
    signal.throwIfAborted();
    while (!(await this.#locks.take(creation, "exclusive"))) {
      waited(performance.now() - begin);
      signal.throwIfAborted();
      await pause(retry, undefined, { signal });
    }
    try {
      return await work();
    } finally {
      await this.#locks.release(creation);
    }
  }

  async #open({ place }: FoundPlace, name: string): Promise<PostgresStore> {
    const kept = this.#stores.get(place);
    if (kept !== undefined) return kept;
    const { oid: schema } = await this.#connections.made();
    if (!(await this.#locks.take(place, "shared"))) throw new StoreError("busy", `${name} is being deleted`);
    const store = new PostgresStore(this.#connections, { schema, place, name }, this.#patience, async () => {
      this.#stores.delete(place);
      await this.#locks.release(place);
    });
    this.#stores.set(place, store);
    await store.check();
    return store;
  }

  async #hold({ place }: FoundPlace, name: string): Promise<HeldHsm> {
    const { oid: schema } = await this.#connections.made();
    const isOpen = this.#stores.has(place);
    if (isOpen || !(await this.#locks.take(place, "exclusive")))
      throw new StoreError("busy", `${name} is open elsewhere`);
    const store = new PostgresStore(this.#connections, { schema, place, name }, this.#patience, () =>
      Promise.resolve(),
    );
    return {
      read: (work) => store.read(work),
      delete: () => this.#places.remove(place),
      release: () => this.#locks.release(place),
    };
  }
}

function traceOf(found: FoundPlace | undefined): string {
  return found === undefined ? "-" : `${String(found.place)}:${found.changes}`;
}
