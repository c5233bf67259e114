import type { Transaction } from "../store/store.ts";
import * as records from "./records/records.ts";
import { sessionKeyPlans } from "./records/session-key-plan.ts";

/** Removes all that an HSM, or a backup, keeps. */
export async function removeImage(transaction: Transaction): Promise<void> {
  for (const collection of [...Object.values(records), sessionKeyPlans]) await collection.clear(transaction);
}
