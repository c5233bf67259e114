import { Backup, type ClusterTraits } from "../simulator/cluster-image.ts";
import { removeImage } from "../simulator/image-removal.ts";
import { Collection } from "../simulator/records/collection.ts";
import type { Address } from "../store/address.ts";
import type { Home } from "../store/home.ts";
import type { Snapshot, Transaction } from "../store/store.ts";
import { PartSnapshot, PartTransaction } from "../store/part-of-store.ts";
import { StateError } from "../errors/state-error.ts";
import { livingCluster, takeBackup } from "./living-cluster.ts";
import { type NewCluster, restoreCluster } from "./new-cluster.ts";
import type { Change } from "./restore-hsms.ts";
import { drawId } from "./service-ids.ts";

/** What is known of a backup without reading it. */
interface BackupRecord {
  /** The HSM that it was taken of. */
  readonly hsmId: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Which it is of several of that time, from 0; left out is the first. */
  readonly place?: number;
  readonly users: number;
  readonly keys: number;
  readonly traits: ClusterTraits;
}

/** A backup that a home keeps. */
export interface KeptBackup extends BackupRecord {
  readonly id: string;
}

/** Backups by their ids; what is in one is in collections of its own. */
const backups = new Collection<string, BackupRecord>("backup", {
  hsmId: "string",
  time: "number",
  users: "number",
  keys: "number",
  traits: "object",
});

/**
 * Keeps a backup of a cluster: all that its first HSM has now. To be called under the lock of the home. Throws {@link
 * StateError} where there is no such cluster, or no HSM of it is up; HsmError, StoreError.
 */
export async function keepBackup(clusterId: string, change: Change): Promise<KeptBackup> {
  const { home } = change;
  const cluster = await livingCluster(home, clusterId);
  const { source, traits } = cluster;
  return keepTaken({ backup: await takeBackup(home, cluster), traits, hsmId: source.hsmId }, change);
}

/** What was taken of an HSM, or of another backup. */
interface TakenBackup {
  readonly backup: Backup;
  readonly traits: ClusterTraits;
  readonly hsmId: string;
  /** Milliseconds since 1970; left out, it is taken now. */
  readonly time?: number;
}

/** What is kept of a backup besides, in the same transaction. */
type Beside = (transaction: Transaction, kept: KeptBackup) => Promise<void>;

/** Keeps a backup that was taken. To be called under the lock of the home. Throws StoreError. */
export async function keepTaken(
  { backup, traits, hsmId, time }: TakenBackup,
  { home, clock, progress }: Change,
  beside: Beside = () => Promise.resolve(),
): Promise<KeptBackup> {
  const id = drawId("backup");
  progress.expectRecords(backup.size);
  const records = await home.keepRecords();
  return records.change(async (transaction) => {
    const moment = time ?? Math.floor(clock() / 1000);
    const place = await placeAmong(transaction, moment);
    const kept: BackupRecord = { hsmId, time: moment, ...place, ...backup.size, traits };
    const part = new PartTransaction(transaction, prefixOf(id));
    await backup.restore(part, { ...traits, hsmId, ...nowhere }, clock(), "restored", progress);
    await backups.put(transaction, id, kept);
    await beside(transaction, { id, ...kept });
    return { id, ...kept };
  });
}

/** Which backup a new one is of those that have its time; left out for the first. */
async function placeAmong(snapshot: Snapshot, moment: number): Promise<Pick<BackupRecord, "place">> {
  const same = (await backups.list(snapshot)).filter(([, { time }]) => time === moment);
  return same.length === 0 ? {} : { place: Math.max(...same.map(([, { place = 0 }]) => place)) + 1 };
}

/** Where a backup would answer. */
const nowhere: Address = { hostname: "", port: 0 };

/** Removes a backup with all that is in it. */
export async function removeBackup(transaction: Transaction, id: string): Promise<void> {
  await removeImage(new PartTransaction(transaction, prefixOf(id)));
  await backups.remove(transaction, id);
}

/** The backups of a home, the oldest first. Throws StoreError, and HsmError for a damaged record. */
export async function keptBackups(home: Home): Promise<readonly KeptBackup[]> {
  const records = await home.records();
  const all = (await records?.read((snapshot) => backups.list(snapshot))) ?? [];
  return all.map(([id, kept]) => ({ id, ...kept })).sort(byTime);
}

function byTime(one: KeptBackup, other: KeptBackup): number {
  return one.time - other.time || (one.place ?? 0) - (other.place ?? 0);
}

/**
 * Creates a cluster from a backup that is kept, with an id of its own. To be called under the lock of the home. Throws
 * {@link StateError} where there is no such backup, or an address is taken; HsmError, StoreError.
 *
 * @param region where it is; undefined is where the backup was taken
 */
export async function restoreBackup(
  id: string,
  region: string | undefined,
  addresses: readonly Address[],
  change: Change,
): Promise<NewCluster> {
  const { backup, traits, hsmId } = await readBackup(change.home, id);
  return restoreCluster({ backup, traits, region, from: hsmId }, addresses, change);
}

/** What is in a backup that is kept. Throws {@link StateError} where there is no such backup; HsmError, StoreError. */
export async function readBackup(home: Home, id: string): Promise<TakenBackup> {
  const records = await home.records();
  const kept = await records?.read((snapshot) => backups.get(snapshot, id));
  if (records === undefined || kept === undefined) {
    const ids = (await keptBackups(home)).map((backup) => backup.id).join(", ");
    throw new StateError(`${home.name} has no backup ${id}: ${ids === "" ? "none was taken" : `there are ${ids}`}`);
  }
  const backup = await Backup.take({
    read: (work) => records.read((snapshot) => work(new PartSnapshot(snapshot, prefixOf(id)))),
  });
  return { backup, traits: kept.traits, hsmId: kept.hsmId };
}

/** What the names of a backup's collections begin with. */
function prefixOf(id: string): string {
  return `${id.replaceAll("-", "_")}_`;
}
