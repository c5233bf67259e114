import { setTimeout as pause } from "node:timers/promises";
import type { PoolClient } from "pg";
import type { Connections } from "./connections.ts";
import { UnknownOutcome } from "./commit.ts";
import { isConflict, isLost, isStillWaiting } from "./failure.ts";
import type { Patience } from "../patience.ts";
import { StoreError } from "../store.ts";

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
        const { transaction, result, cause } = error as UnknownOutcome<T>;
        if (await wasCommitted(connections, transaction, cause)) return result;
        if (wasLost) throw connections.failure(cause);
        wasLost = true;
      } else if (isConflict(error) && met < mostConflicts) {
        met++;
        conflicts.count++;
        await pause(Math.random() * Math.min(longestPause, 2 ** met));
      } else if (isLost(error) && !wasLost) {
        wasLost = true;
      } else if (!isStillWaiting(error)) throw connections.failure(error);
      if (!(await patience())) throw new StoreError("busy", `another program is at work in ${connections.place.name}`);
    }
  }
}

/** Asks the server whether a transaction was committed, as soon as it answers again. Throws StoreError where it does not. */
async function wasCommitted(connections: Connections, transaction: string, cause: unknown): Promise<boolean> {
  for (let times = 0; times < 20; times++) {
    const status = await statusOf(connections, transaction).catch(() => undefined);
    if (status === "committed") return true;
    if (status === "aborted") return false;
    await pause(250);
  }
  throw new StoreError("unavailable", `${connections.place.name}: the server went away at the commit`, {
    cause,
    advice: "what was asked may have been done: look before you ask for it again",
  });
}

function statusOf(connections: Connections, transaction: string): Promise<string | null | undefined> {
  return connections.with(async (client) => {
    const { rows } = await client.query<{ status: string | null }>("SELECT pg_xact_status($1::xid8) AS status", [
      transaction,
    ]);
    return rows[0]?.status;
  });
}
