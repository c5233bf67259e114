import type { Snapshot, Transaction } from "../store/store.ts";
import type { Course } from "./course.ts";
import { sessions } from "./records/records.ts";
import { closeSession } from "./records/session-records.ts";

/** How many records there are to copy. */
export async function countRecords(snapshot: Snapshot): Promise<number> {
  let count = 0;
  for (const collection of await snapshot.collections()) count += await snapshot.count(collection);
  return count;
}

/**
 * Copies all that a store keeps into an empty one, its log too. Who is logged in stays behind, with the quorum tokens of
 * those logins: their shells are not there.
 */
export async function copyStore(from: Snapshot, to: Transaction, course: Course): Promise<void> {
  for (const collection of await from.collections()) {
    for (const { key, text } of await from.list(collection)) {
      await to.put(collection, key, text);
      await course.did("record");
    }
  }
  for (const event of await from.events()) await to.append(event);
  for (const [session] of await sessions.list(to)) await closeSession(to, session);
}
