import { allBackups } from "./backup-view.ts";
import type { PlaneContext } from "./plane-context.ts";
import { invalid } from "./service-error.ts";
import type { BackupRecord, ClusterRecord } from "./service-records.ts";
import type { FoundCluster } from "./survey.ts";

/** What the service keeps of a backup of a cluster that it takes now. */
export function backupRecordOf({ region, hsmType, mode }: ClusterRecord): BackupRecord {
  return { region, neverExpires: false, tags: [], hsmType, ...(mode === undefined ? {} : { mode }) };
}

/**
 * The id of the backup that a cluster without HSMs is restored from: its own latest, or the one that it was made from. Throws
 * {@link ServiceError} where there is none; StoreError, HsmError.
 */
export async function latestBackup({ id, record }: FoundCluster, context: PlaneContext): Promise<string> {
  const all = await allBackups(context);
  const own = all.filter((backup) => backup.clusterId === id && backup.copied === undefined);
  const usable = own.filter(({ deletion }) => deletion === undefined).at(-1);
  const source = all.find((backup) => backup.id === record.sourceBackupId);
  const found = usable ?? source;
  if (found !== undefined) return found.id;
  throw invalid(`Cluster ${id} has no HSM, and no backup to restore one from: delete it, and make another.`);
}

/** The ids of the backups that clusters without HSMs and backups wait for: nobody may remove what is in them. */
export function neededBackups(clusters: ReadonlyMap<string, ClusterRecord>): ReadonlySet<string> {
  const living = [...clusters.values()].filter(({ deleted }) => deleted === undefined);
  return new Set(living.flatMap(({ sourceBackupId }) => sourceBackupId ?? []));
}
