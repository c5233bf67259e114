import type { Snapshot, Transaction } from "../../store/store.ts";
import { times } from "./records.ts";

/** The time by a clock that is never behind what the HSM noted: one that was set back stands still. */
export async function latestTime(snapshot: Snapshot, clock: number): Promise<number> {
  return Math.max(clock, (await times.get(snapshot, "latest")) ?? 0);
}

/** The same, noted: what has expired by now does not live again when the clock goes back. */
export async function noteTime(transaction: Transaction, clock: number): Promise<number> {
  const latest = await latestTime(transaction, clock);
  await times.put(transaction, "latest", latest);
  return latest;
}
