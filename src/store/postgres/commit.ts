import type { PoolClient } from "pg";
import { isLost } from "./failure.ts";
import type { PostgresTransaction } from "./transaction.ts";

/** A transaction that is to be committed. */
interface Ending<T> {
  readonly transaction: PostgresTransaction;
  /** By which the server knows it. */
  readonly number: string;
  readonly result: T;
  /** Called with the version of the place that this made, where it made one. */
  readonly kept?: (version: string) => void;
}

/** A transaction whose connection was lost when it was to be committed: only the server knows whether it was. */
export class UnknownOutcome<T> extends Error {
  /** Its number. */
  readonly number: string;
  /** What it wrote. */
  readonly written: PostgresTransaction;
  /** What is to be answered if it was committed. */
  readonly result: T;

  constructor({ number, transaction, result }: Ending<T>, options: ErrorOptions) {
    super("the connection was lost at the commit", options);
    this.number = number;
    this.written = transaction;
    this.result = result;
  }
}

/** The channel on which those who watch homes are told in which schema something was changed. */
export const channel = "cloudhsm_changes";

/** Tells them, for the schema of the connection. */
export const telling = `pg_notify('${channel}', current_schema())`;

/** The number by which a server knows the transaction that a connection has begun. */
export async function numberOf(client: PoolClient): Promise<string> {
  const { rows } = await client.query<{ number: string }>("SELECT pg_current_xact_id()::text AS number");
  return rows[0]?.number ?? "";
}

/**
 * Writes what a transaction changed and commits it, in one way to the server and back; returns `result`. Throws
 * {@link UnknownOutcome}, and what the server says.
 */
export async function commit<T>(client: PoolClient, ending: Ending<T>): Promise<T> {
  const { transaction, result, kept = () => undefined } = ending;
  const flushing = transaction.changes ? transaction.flush() : Promise.resolve(undefined);
  const [flushed, committed] = await Promise.allSettled([
    flushing,
    client.query("COMMIT"),
    // By itself, as whoever tells others while it commits is in the way of all that commit.
    client.query(
      transaction.changes ? `SELECT pg_advisory_unlock_all(), ${telling}` : "SELECT pg_advisory_unlock_all()",
    ),
  ]);
  for (const part of [flushed, committed]) {
    if (part.status === "fulfilled") continue;
    const reason: unknown = part.reason;
    if (transaction.changes && isLost(reason)) throw new UnknownOutcome(ending, { cause: reason });
    throw reason;
  }
  if (flushed.status === "fulfilled" && flushed.value !== undefined) kept(flushed.value);
  return result;
}
