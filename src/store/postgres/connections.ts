import pg, { type ClientConfig, type PoolClient } from "pg";
import { isWithoutTls, storeError } from "./failure.ts";
import { type Login, passwordOf } from "./password.ts";
import type { Place } from "./place.ts";
import { type FoundSchema, findSchema, isCurrent, makeSchema } from "./schema.ts";
import { StoreError } from "../store.ts";

/** Milliseconds within which a server must accept a connection. */
const connectTime = 5_000;

/** Milliseconds within which a server must answer a statement. */
const answerTime = 20_000;

/** Milliseconds for which a server lets a statement wait for what another transaction holds, before it is asked again. */
const lockTime = 500;

/** Connections for transactions: some are open at a time in one program, where it copies from one HSM to another. */
const most = 16;

/** The connections of one shell to the server of its home. */
export class Connections {
  readonly place: Place;
  #configuration: ClientConfig;
  #pool: pg.Pool | undefined;
  #trial: Promise<void> | undefined;
  #schema: FoundSchema | undefined;
  #isOpen = true;

  constructor(place: Place) {
    this.place = place;
    const settings = {
      search_path: place.schema,
      synchronous_commit: "on",
      statement_timeout: answerTime,
      lock_timeout: lockTime,
      // A client whose machine is gone is not to be alive for hours.
      tcp_keepalives_idle: 10,
      tcp_keepalives_interval: 5,
      tcp_keepalives_count: 3,
    };
    this.#configuration = {
      ...place.connection,
      // The library gives it the login that it has put together.
      password: (login?: Login) => passwordOf(login ?? { host: "localhost", port: 5432 }, place.name),
      application_name: "cloudhsm_mgmt_util",
      options: Object.entries(settings)
        .map(([name, value]) => `-c ${name}=${String(value)}`)
        .join(" "),
      connectionTimeoutMillis: connectTime,
      query_timeout: answerTime + connectTime,
      keepAlive: true,
      pipeline: true,
    };
  }

  /** A connection of its own, for what lasts as long as it does. Throws StoreError. */
  async alone(): Promise<pg.Client> {
    this.#requireOpen();
    try {
      return await this.#connected(() => {
        const client = new pg.Client(this.#configuration);
        return client.connect().then(() => client);
      });
    } catch (error) {
      throw this.failure(error);
    }
  }

  /**
   * Does `work` on a connection, which is another one's afterwards: what a failure left open is rolled back. What fails is
   * not translated.
   */
  async with<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    this.#requireOpen();
    const client = await this.#connected(() => this.#connectInPool());
    let isSpent = false;
    // A connection that is lost says so besides, to whoever has it.
    client.on("error", ignored);
    try {
      return await work(client);
    } catch (error) {
      isSpent = !(await isRolledBack(client));
      throw error;
    } finally {
      client.off("error", ignored);
      client.release(isSpent);
    }
  }

  /** The schema of the home; undefined where there is none yet. An older one is brought to this version. Throws StoreError. */
  async schema(): Promise<FoundSchema | undefined> {
    if (this.#schema !== undefined) return this.#schema;
    const found = await this.#asking((client) => findSchema(client, this.place.schema));
    if (found === undefined || found.version === 0) return undefined;
    if (!isCurrent(found)) return this.made();
    this.#schema = found;
    return found;
  }

  /** The same, made where there is none. Throws StoreError. */
  async made(): Promise<FoundSchema> {
    if (this.#schema !== undefined) return this.#schema;
    await this.#asking((client) => makeSchema(client, this.place.schema));
    this.#schema = await this.#asking((client) => findSchema(client, this.place.schema));
    if (this.#schema === undefined) throw new StoreError("unavailable", `${this.place.name} was dropped`);
    return this.#schema;
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#pool?.end();
  }

  /** What a failure on the way to the server, or there, is to a store. */
  failure(error: unknown): unknown {
    return storeError(error, this.place.name);
  }

  async #asking<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    try {
      return await this.with(work);
    } catch (error) {
      throw this.failure(error);
    }
  }

  async #connectInPool(): Promise<PoolClient> {
    if (this.#pool === undefined) {
      this.#pool = new pg.Pool({ ...this.#configuration, max: most });
      // A connection that is lost while nobody uses it leaves the pool; whoever asks next gets another one.
      this.#pool.on("error", ignored);
    }
    return this.#pool.connect();
  }

  /** Connects, without TLS where the server has none and need not have it. */
  async #connected<T>(connect: () => Promise<T>): Promise<T> {
    if (this.place.prefersTls) {
      // The first connection finds out, and the others wait for it: none is to meet a pool that is being replaced.
      this.#trial ??= this.#tryTls();
      await this.#trial;
    }
    return connect();
  }

  async #tryTls(): Promise<void> {
    try {
      (await this.#connectInPool()).release();
    } catch (error) {
      if (!isWithoutTls(error)) {
        this.#trial = undefined;
        throw error;
      }
      this.#configuration = { ...this.#configuration, ssl: false };
      await this.#pool?.end();
      this.#pool = undefined;
    }
  }

  #requireOpen(): void {
    if (!this.#isOpen) throw new StoreError("unavailable", "the HSM is closed");
  }
}

/** Whoever asked is told by the answer to what it asked. */
function ignored(): void {
  // Nobody else is to be told.
}

/** Ends what is open on a connection; false where nobody answers there any more, and it ended with the connection. */
function isRolledBack(client: PoolClient): Promise<boolean> {
  return client.query("ROLLBACK; SELECT pg_advisory_unlock_all()").then(
    () => true,
    () => false,
  );
}
