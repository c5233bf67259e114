import { setTimeout as pause } from "node:timers/promises";
import type { PoolClient } from "pg";
import type { Connections } from "./connections.ts";
import { UnknownOutcome } from "./commit.ts";
import { isConflict, isLost, isOfTheFuture, isStillWaiting } from "./failure.ts";
import type { Patience } from "../patience.ts";
import { StoreError } from "../store.ts";
import type { PostgresTransaction } from "./transaction.ts";

/** How often transactions ran again because they met another one, in this process: for those who measure. */
export const conflicts = { count: 0 };

/** Milliseconds of the longest pause before a transaction runs again. */
const longestPause = 100;

/** Conflicts in a row after which a transaction is at fault itself. */
const mostConflicts = 1000;

/**
 * Runs a transaction, again where it met another one, and once more where its connection was lost before it was to be
 * committed. Throws StoreError, and what `attempt` throws besides what the server says.
 */
export async function attempts<T>(
  connections: Connections,
  patience: Patience,
  attempt: (client: PoolClient) => Promise<T>,
): Promise<T> {
  let met = 0;
  let wasLost = false;
  for (;;) {
    try {
      return await connections.with(attempt);
    } catch (error) {
      if (error instanceof UnknownOutcome) {
        const unknown = error as UnknownOutcome<T>;
        if (await wasCommitted(connections, unknown)) return unknown.result;
        if (wasLost) throw connections.failure(unknown.cause);
        wasLost = true;
      } else if (isConflict(error) && met < mostConflicts) {
        met++;
        conflicts.count++;
        await pause(Math.random() * Math.min(longestPause, 2 ** met));
      } else if (isLost(error) && !wasLost) {
        wasLost = true;
      } else if (!isStillWaiting(error)) throw connections.failure(error);
      // Only another program's work takes as long as it likes: who is called away does not leave a conflict undecided.
      else if (!(await patience())) {
        throw new StoreError("busy", `another program is at work in ${connections.place.name}`);
      }
    }
  }
}

/** Asks the server whether a transaction was committed, as soon as it answers again. Throws StoreError where nobody can tell. */
async function wasCommitted(
  connections: Connections,
  { number, written, cause }: UnknownOutcome<unknown>,
): Promise<boolean> {
  for (let times = 0; times < 20; times++) {
    const outcome = await connections
      .with((client) => outcomeOf(client, number, written))
      .catch((error: unknown) => (isOfTheFuture(error) ? "aborted" : "away"));
    if (outcome === "committed" || outcome === "aborted") return outcome === "committed";
    if (outcome === "unknown") break;
    await pause(250);
  }
  throw new StoreError("unavailable", `${connections.place.name}: the server went away at the commit`, {
    cause,
    advice: "what was asked may have been done: look before you ask for it again",
  });
}

/**
 * A server that lost its power gives the number of a transaction that it did not keep to another one: that a number was
 * committed says only that what was written is to be looked for.
 */
async function outcomeOf(client: PoolClient, number: string, written: PostgresTransaction): Promise<string | null> {
  const { rows } = await client.query<{ status: string | null }>("SELECT pg_xact_status($1::xid8) AS status", [number]);
  const status = rows[0]?.status ?? "unknown";
  if (status !== "committed") return status;
  const isKept = await written.isKept(client);
  if (isKept === undefined) return "unknown";
  return isKept ? "committed" : "aborted";
}
