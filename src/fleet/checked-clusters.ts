import { Collection } from "../simulator/records/collection.ts";
import type { Home } from "../store/home.ts";
import type { Snapshot } from "../store/store.ts";

/** Since when a cluster is checked: milliseconds since 1970. */
interface CheckedRecord {
  readonly since: number;
}

/** The clusters of a home whose owner's certificate matters to a shell that connects, by their ids. */
const checkedClusters = new Collection<string, CheckedRecord>("checkedCluster", { since: "number" });

/** Their ids, as a snapshot of the records of a home has them. */
export async function checkedIn(snapshot: Snapshot): Promise<ReadonlySet<string>> {
  return new Set((await checkedClusters.list(snapshot)).map(([id]) => id));
}

/** From now on the owner's certificate of a cluster matters. To be called under the lock of the home. Throws StoreError. */
export async function checkOwnerOf(home: Home, clusterId: string): Promise<void> {
  const records = await home.keepRecords();
  await records.change((transaction) => checkedClusters.put(transaction, clusterId, { since: Date.now() }));
}

/** From now on it does not matter any more. To be called under the lock of the home. Throws StoreError. */
export async function leaveOwnerOf(home: Home, clusterId: string): Promise<void> {
  const records = await home.keepRecords();
  await records.change((transaction) => checkedClusters.remove(transaction, clusterId));
}
