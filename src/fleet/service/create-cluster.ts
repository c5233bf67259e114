import { readBackup } from "../backups.ts";
import { drawId } from "../service-ids.ts";
import { type BackupView, backupNamed, surveyBackups } from "./backup-view.ts";
import { clusterView } from "./cluster-view.ts";
import { drawnNetwork, zoneOf } from "./networks.ts";
import { type PlaneContext, timeOf } from "./plane-context.ts";
import type { HsmType, Mode, NetworkType, ServiceCluster, Tag } from "./service-cluster.ts";
import { invalid } from "./service-error.ts";
import { type ClusterRecord, type Subnet, changeRecords, clusterRecords } from "./service-records.ts";
import { type Survey, usualRetention } from "./survey.ts";
import { requireTags } from "./tags.ts";

/** What a cluster is to be. */
export interface ClusterWish {
  readonly hsmType: HsmType;
  /** In the order of their zones. */
  readonly subnetIds: readonly string[];
  /** The id or the ARN of the backup that it is made from. */
  readonly sourceBackup?: string;
  readonly retentionDays?: number;
  readonly tags: readonly Tag[];
  readonly mode?: Mode;
  readonly networkType?: NetworkType;
}

/** Creates a cluster that has no HSM yet. Throws {@link ServiceError}, StoreError, HsmError. */
export async function createCluster(wish: ClusterWish, survey: Survey, context: PlaneContext): Promise<ServiceCluster> {
  const { home, region } = context;
  requireSound(wish);
  const source = await sourceOf(wish, context);
  const id = drawId("cluster");
  const { hsmType, networkType = "IPV4", retentionDays = usualRetention, tags, mode } = wish;
  const record: ClusterRecord = {
    ...{ region, created: timeOf(context), hsmType, networkType, retentionDays, tags, isMadeHere: true },
    subnets: subnetsOf(wish.subnetIds, region, survey),
    ...(mode === undefined ? {} : { mode }),
    ...(source === undefined ? {} : await inherited(source, context)),
  };
  await changeRecords(home, (transaction) => clusterRecords.put(transaction, id, record));
  return clusterView({ id, record, isKept: true, hsms: [] }, context, "CREATE_IN_PROGRESS");
}

function requireSound({ hsmType, subnetIds, mode, networkType, tags }: ClusterWish): void {
  const twice = subnetIds.find((id, at) => subnetIds.indexOf(id) !== at);
  if (twice !== undefined) {
    throw invalid(`Subnet ${twice} is named twice: name one subnet for each availability zone.`);
  }
  if (hsmType === "hsm2m.medium" && mode === undefined) {
    throw invalid("HsmType hsm2m.medium needs a Mode: give FIPS or NON_FIPS.");
  }
  if (hsmType === "hsm1.medium" && mode === "NON_FIPS") {
    throw invalid("HsmType hsm1.medium has no Mode NON_FIPS: give FIPS, or HsmType hsm2m.medium.");
  }
  if (hsmType === "hsm1.medium" && networkType === "DUALSTACK") {
    throw invalid("HsmType hsm1.medium has no NetworkType DUALSTACK: give IPV4, or HsmType hsm2m.medium.");
  }
  requireTags(tags);
}

/** The backup that a cluster is made from, where it is from one. */
async function sourceOf(wish: ClusterWish, context: PlaneContext): Promise<BackupView | undefined> {
  if (wish.sourceBackup === undefined) return undefined;
  const source = backupNamed(await surveyBackups(context), wish.sourceBackup, context);
  const { id, state, hsmType, mode } = source;
  if (state !== "READY") throw invalid(`Backup ${id} is ${state}: a cluster is made from one that is READY.`);
  if (hsmType === "hsm2m.medium" && wish.hsmType !== hsmType) {
    throw invalid(`Backup ${id} is of HsmType ${hsmType}, and cannot be restored to ${wish.hsmType}: give ${hsmType}.`);
  }
  const needed = hsmType === "hsm1.medium" ? "FIPS" : mode;
  if (wish.hsmType === "hsm2m.medium" && wish.mode !== needed) {
    throw invalid(
      `Backup ${id} is of Mode ${needed ?? "FIPS"}, which a cluster keeps: give --mode ${needed ?? "FIPS"}.`,
    );
  }
  return source;
}

async function inherited({ id }: BackupView, context: PlaneContext): Promise<Partial<ClusterRecord>> {
  const { backup } = await readBackup(context.home, id);
  const { certificate } = backup;
  return { sourceBackupId: id, activated: timeOf(context), ...(certificate === undefined ? {} : { certificate }) };
}

/** A subnet has one network in all clusters, and no other subnet has that. */
function subnetsOf(ids: readonly string[], region: string, { records }: Survey): readonly Subnet[] {
  const known = [...records.clusters.values()].flatMap(({ subnets }) => subnets);
  const taken = known.map(({ network }) => network);
  return ids.map((subnetId, position) => {
    const network =
      known.find((subnet) => subnet.subnetId === subnetId)?.network ?? drawnNetwork(subnetId, taken, ids[0]);
    taken.push(network);
    return { zone: zoneOf(region, position), subnetId, network };
  });
}
