import type { PoolClient } from "pg";
import { attempts } from "./attempts.ts";
import { commit, numberOf } from "./commit.ts";
import type { Connections } from "./connections.ts";
import type { Patience } from "../patience.ts";
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
  #isOpen = true;
  #last: Promise<unknown> = Promise.resolve();

  /** @param closed called when it is closed */
  constructor(connections: Connections, at: StorePlace, patience: Patience, closed: () => Promise<void>) {
    this.#connections = connections;
    this.#at = at;
    this.#patience = patience;
    this.#closed = closed;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  async read<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    this.#requireOpen();
    return attempts(this.#connections, this.#patience, async (client) => {
      await Promise.all([client.query("BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY"), this.#look(client)]);
      const result = await work(new PostgresSnapshot(client, this.#at.place));
      await client.query("COMMIT");
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
      const [, , number] = await Promise.all([
        // Before it begins, as what it sees is fixed then.
        client.query("SELECT pg_advisory_lock($1, $2)", [schema, -place]),
        client.query("BEGIN ISOLATION LEVEL SERIALIZABLE"),
        numberOf(client),
        this.#look(client),
      ]);
      const transaction = new PostgresTransaction(client, place);
      return commit(client, { transaction, number, result: await work(transaction) });
    });
  }

  async #look(client: PoolClient): Promise<void> {
    const { rowCount } = await client.query({
      name: "look",
      text: "SELECT FROM place WHERE place = $1",
      values: [this.#at.place],
    });
    if (rowCount !== 0) return;
    const advice = "quit and start again, to work with what is there now";
    throw new StoreError("unavailable", `${this.#at.name} was deleted`, { advice });
  }

  #requireOpen(): void {
    if (!this.#isOpen) throw new StoreError("unavailable", "the HSM is closed");
  }
}
