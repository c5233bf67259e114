import type { PoolClient } from "pg";
import { attempts } from "./attempts.ts";
import { commit, numberOf } from "./commit.ts";
import type { Connections } from "./connections.ts";
import { Known } from "./known.ts";
import { look } from "./look.ts";
import type { Patience } from "../patience.ts";
import { Reading, asking } from "./reading.ts";
import { PostgresSnapshot } from "./snapshot.ts";
import { type Snapshot, type Store, StoreError, type Transaction } from "../store.ts";
import { PostgresTransaction } from "./transaction.ts";

/** Which place of a home a store is, and in which schema. */
export interface StorePlace {
  /** The schema's object number. */
  readonly schema: number;
  readonly place: number;
  /** What messages call it. */
  readonly name: string;
}

/**
 * What one HSM keeps, in rows of the database of its home. Each request is one serializable transaction, acknowledged
 * after its commit; those that change one HSM take turns, so that few of them meet.
 */
export class PostgresStore implements Store {
  readonly #connections: Connections;
  readonly #at: StorePlace;
  readonly #patience: Patience;
  readonly #closed: () => Promise<void>;
  readonly #known = new Known();
  #isOpen = true;
  #isThere = true;
  #last: Promise<unknown> = Promise.resolve();

  /** @param closed called when it is closed */
  constructor(connections: Connections, at: StorePlace, patience: Patience, closed: () => Promise<void>) {
    this.#connections = connections;
    this.#at = at;
    this.#patience = patience;
    this.#closed = closed;
  }

  /** Whether it is open, and was there when it was looked at last. */
  get isThere(): boolean {
    return this.#isOpen && this.#isThere;
  }

  async read<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    this.#requireOpen();
    return attempts(this.#connections, this.#patience, async (client) => {
      const version = await this.#look(client);
      const reading = new Reading(client, this.#at.place, version);
      const result = await work(new PostgresSnapshot(reading.ask, this.#known, version));
      await reading.end();
      return result;
    });
  }

  async change<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    this.#requireOpen();
    // One after the other: those of one shell are in the order in which it asked for them.
    const turn = this.#last.then(() => this.#change(work));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async check(): Promise<void> {
    this.#requireOpen();
    await attempts(this.#connections, this.#patience, (client) => this.#look(client));
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#closed();
  }

  async #change<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const { schema, place } = this.#at;
    return attempts(this.#connections, this.#patience, async (client) => {
      const [, , number, version] = await Promise.all([
        // Before it begins, as what it sees is fixed then.
        client.query("SELECT pg_advisory_lock($1, $2)", [schema, -place]),
        client.query("BEGIN ISOLATION LEVEL SERIALIZABLE"),
        numberOf(client),
        this.#look(client),
      ]);
      const before = new PostgresSnapshot(asking(client, place), this.#known, version);
      const transaction = new PostgresTransaction(client, place, before);
      const result = await work(transaction);
      const kept = (made: string): void => {
        this.#known.follow(version, made, transaction.changed);
      };
      return commit(client, { transaction, number, result, kept });
    });
  }

  async #look(client: PoolClient): Promise<string> {
    const version = await look(client, this.#at.place);
    this.#isThere = version !== undefined;
    if (version === undefined) {
      const advice = "quit and start again, to work with what is there now";
      throw new StoreError("unavailable", `${this.#at.name} was deleted`, { advice });
    }
    this.#known.enter(version);
    return version;
  }

  #requireOpen(): void {
    if (!this.#isOpen) throw new StoreError("unavailable", "the HSM is closed");
  }
}
