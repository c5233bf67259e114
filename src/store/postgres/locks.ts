import type { Client } from "pg";
import type { Connections } from "./connections.ts";
import { isLost } from "./failure.ts";

/** How a number is locked: by one shell alone, or by all that share it. */
type Mode = "exclusive" | "shared";

const functions = { exclusive: "pg_try_advisory_lock", shared: "pg_try_advisory_lock_shared" } as const;
const openers = { exclusive: "pg_advisory_unlock", shared: "pg_advisory_unlock_shared" } as const;

/** The number of whoever creates HSMs; all others are drawn. */
export const creation = 0;

/**
 * The locks of one shell, held by the session of one connection: they are gone when it is, however that ends. Where the
 * connection was lost, the next request takes them again.
 */
export class Locks {
  readonly #connections: Connections;
  readonly #held = new Map<number, Mode>();
  #session: Promise<Client> | undefined;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** Locks a number for as long as the shell lives, unless another one has it. Throws StoreError. */
  async take(number: number, mode: Mode): Promise<boolean> {
    const taken = await this.#ask(taking(mode), number);
    if (taken) this.#held.set(number, mode);
    return taken;
  }

  /** Lets go of a number. Never rejects: what a lost connection held is free already. */
  async release(number: number): Promise<void> {
    const mode = this.#held.get(number);
    if (mode === undefined) return;
    this.#held.delete(number);
    if (this.#session === undefined) return;
    await this.#ask(`SELECT ${openers[mode]}($1, $2)::integer AS answer`, number).catch(() => undefined);
  }

  /** Whether this shell still has what it took: false where another one was faster after the connection was lost. */
  async has(number: number): Promise<boolean> {
    await this.#connected();
    return this.#held.has(number);
  }

  /** Whether any shell has a number alone. Throws StoreError. */
  isTaken(number: number): Promise<boolean> {
    return this.#ask(
      `SELECT EXISTS (
         SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = database
         WHERE datname = current_database() AND locktype = 'advisory' AND objsubid = 2 AND granted
           AND mode = 'ExclusiveLock' AND classid::bigint = $1::bigint & 4294967295 AND objid::bigint = $2::bigint
       )::integer AS answer`,
      number,
    );
  }

  /** A number that nobody had before. Throws StoreError. */
  async draw(): Promise<number> {
    await this.#connections.made();
    return this.#query("SELECT nextval('number')::integer AS answer", []);
  }

  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    this.#held.clear();
    await session?.then((client) => client.end()).catch(() => undefined);
  }

  async #ask(statement: string, number: number): Promise<boolean> {
    const { oid } = await this.#connections.made();
    return (await this.#query(statement, [oid, number])) === 1;
  }

  async #query(statement: string, values: readonly number[]): Promise<number> {
    try {
      return await this.#once(statement, values);
    } catch (error) {
      if (!isLost(error)) return this.#refuse(error);
      this.#session = undefined;
      // A new connection takes again what this shell held.
      return this.#once(statement, values).catch(this.#refuse);
    }
  }

  async #once(statement: string, values: readonly number[]): Promise<number> {
    return answerOf(await this.#connected(), statement, values);
  }

  readonly #refuse = (error: unknown): never => {
    throw this.#connections.failure(error);
  };

  #connected(): Promise<Client> {
    this.#session ??= this.#connect();
    return this.#session;
  }

  async #connect(): Promise<Client> {
    try {
      const client = await this.#connections.alone();
      const forget = (): void => {
        this.#session = undefined;
      };
      client.on("error", forget);
      client.on("end", forget);
      await this.#takeAgain(client);
      return client;
    } catch (error) {
      this.#session = undefined;
      throw this.#connections.failure(error);
    }
  }

  async #takeAgain(client: Client): Promise<void> {
    if (this.#held.size === 0) return;
    const { oid } = await this.#connections.made();
    for (const [number, mode] of [...this.#held]) {
      if ((await answerOf(client, taking(mode), [oid, number])) !== 1) this.#held.delete(number);
    }
  }
}

function taking(mode: Mode): string {
  return `SELECT ${functions[mode]}($1, $2)::integer AS answer`;
}

async function answerOf(client: Client, statement: string, values: readonly number[]): Promise<number> {
  const { rows } = await client.query<{ answer: number }>(statement, [...values]);
  return rows[0]?.answer ?? 0;
}
