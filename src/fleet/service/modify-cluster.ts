import { clusterView, shownHsms } from "./cluster-view.ts";
import { clusterNamed, keptRecord, settledState } from "./found.ts";
import { type PlaneContext, timeOf } from "./plane-context.ts";
import type { HsmType, ServiceCluster } from "./service-cluster.ts";
import { invalid } from "./service-error.ts";
import { changeRecords, clusterRecords } from "./service-records.ts";
import type { Survey } from "./survey.ts";

/** What can be changed of a cluster. */
export interface ClusterChange {
  readonly retentionDays?: number;
  readonly hsmType?: HsmType;
}

/** Changes for how long backups of a cluster are kept. Throws {@link ServiceError}, StoreError. */
export async function modifyCluster(
  id: string,
  { retentionDays, hsmType }: ClusterChange,
  survey: Survey,
  context: PlaneContext,
): Promise<ServiceCluster> {
  const cluster = clusterNamed(survey, id, context);
  settledState(cluster, context);
  const { record } = cluster;
  if (hsmType !== undefined && hsmType !== record.hsmType) {
    throw invalid(
      `Cluster ${id} stays ${record.hsmType} here: make one of ${hsmType} from a backup of it with create-cluster ` +
        "--source-backup-id.",
    );
  }
  if (retentionDays === undefined && hsmType === undefined) {
    throw invalid(`Nothing of cluster ${id} is to be changed: give --backup-retention-policy.`);
  }
  const kept = keptRecord(cluster, context);
  const changed = { ...kept, retentionDays: retentionDays ?? kept.retentionDays };
  await changeRecords(context.home, (transaction) => clusterRecords.put(transaction, id, changed));
  return clusterView({ ...cluster, record: changed, isKept: true }, context);
}

/** Deletes a cluster that has no HSM. Throws {@link ServiceError}, StoreError. */
export async function deleteCluster(id: string, survey: Survey, context: PlaneContext): Promise<ServiceCluster> {
  const cluster = clusterNamed(survey, id, context);
  settledState(cluster, context);
  const hsms = shownHsms(cluster, context).map((hsm) => hsm.id);
  if (hsms.length > 0) throw invalid(`Cluster ${id} still has ${hsms.join(", ")}: delete its HSMs first.`);
  const deleted = { ...keptRecord(cluster, context), deleted: timeOf(context) };
  await changeRecords(context.home, (transaction) => clusterRecords.put(transaction, id, deleted));
  return clusterView({ ...cluster, record: deleted, isKept: true }, context, "DELETE_IN_PROGRESS");
}
