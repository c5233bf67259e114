import { removeBackup } from "../backups.ts";
import { allBackups } from "./backup-view.ts";
import { neededBackups } from "./cluster-backups.ts";
import { type PlaneContext, timeOf } from "./plane-context.ts";
import { backupRecords, changeRecords, hsmRecords } from "./service-records.ts";
import type { Survey } from "./survey.ts";

/**
 * Removes what is shown no more: backups whose time is over, in all regions, and what was kept of HSMs that are deleted. To
 * be called under the lock of the home. Throws StoreError, HsmError.
 */
export async function removeExpired({ records }: Survey, context: PlaneContext): Promise<void> {
  const { home, delay } = context;
  const needed = neededBackups(records.clusters);
  const backups = (await allBackups(context)).filter(({ id, state }) => state === "DELETED" && !needed.has(id));
  const now = timeOf(context);
  const hsms = [...records.hsms].filter(([, { deleted }]) => deleted !== undefined && now >= deleted + delay);
  if (backups.length === 0 && hsms.length === 0) return;
  await changeRecords(home, async (transaction) => {
    for (const { id } of backups) {
      await removeBackup(transaction, id);
      await backupRecords.remove(transaction, id);
    }
    for (const [id] of hsms) await hsmRecords.remove(transaction, id);
  });
}
