import { keepTaken } from "../backups.ts";
import { activationLag } from "../faults/operation-faults.ts";
import { livingCluster, takeBackup } from "../living-cluster.ts";
import { backupRecordOf } from "./cluster-backups.ts";
import { keptRecord } from "./found.ts";
import { type PlaneContext, timeOf } from "./plane-context.ts";
import { backupRecords, changeRecords, clusterRecords } from "./service-records.ts";
import type { FoundCluster, Survey } from "./survey.ts";

/** Whether there is anything that {@link noticeActivations} would note. */
export function hasActivations(survey: Survey): boolean {
  return survey.clusters.some((cluster) => isToBeWatched(cluster) || isActivatedSince(cluster));
}

/**
 * Notes which clusters somebody activated in a shell, and takes their first backups; and which ones wait for that. To be
 * called under the lock of the home. Throws StoreError, HsmError.
 */
export async function noticeActivations(survey: Survey, context: PlaneContext): Promise<void> {
  const { home } = context;
  for (const cluster of survey.clusters) {
    const { id } = cluster;
    const record = keptRecord(cluster, context);
    if (isToBeWatched(cluster)) {
      await changeRecords(home, (transaction) => clusterRecords.put(transaction, id, record));
    } else if (isActivatedSince(cluster)) {
      const now = timeOf(context);
      const noted = { ...record, activated: now, shownActive: now + (await activationLag(home)) };
      const living = await livingCluster(home, id);
      const taken = { backup: await takeBackup(home, living), traits: living.traits, hsmId: living.source.hsmId };
      await keepTaken(taken, context, async (transaction, kept) => {
        await backupRecords.put(transaction, kept.id, backupRecordOf(record));
        await clusterRecords.put(transaction, id, noted);
      });
    }
  }
}

/** A cluster that waits for its activation, and that the service did not make. */
function isToBeWatched({ isKept, hsms }: FoundCluster): boolean {
  const served = hsms.flatMap((hsm) => hsm.served ?? []);
  return !isKept && served.length > 0 && served.every(({ isActivated }) => !isActivated);
}

/** Whether an HSM of which a backup can be taken was activated. */
function isActivatedSince({ isKept, record, hsms }: FoundCluster): boolean {
  const up = hsms.filter(({ notUp }) => notUp === undefined).flatMap((hsm) => hsm.served ?? []);
  return isKept && record.activated === undefined && up.some(({ isActivated }) => isActivated);
}
