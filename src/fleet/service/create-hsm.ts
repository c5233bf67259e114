import { bounds } from "../../hsm/limits.ts";
import { Backup, type ClusterTraits } from "../../simulator/cluster-image.ts";
import { aws } from "../../simulator/models/aws.ts";
import type { Address } from "../../store/address.ts";
import { keepTaken, readBackup } from "../backups.ts";
import { livingCluster, takeBackup } from "../living-cluster.ts";
import { restoreHsms } from "../restore-hsms.ts";
import { drawId } from "../service-ids.ts";
import { chosenAddress } from "./chosen-address.ts";
import { backupRecordOf, latestBackup } from "./cluster-backups.ts";
import { hsmView, shownHsms, stateOf } from "./cluster-view.ts";
import { clusterNamed, settledState } from "./found.ts";
import { type PlaneContext, timeOf } from "./plane-context.ts";
import { keptRoots } from "./roots.ts";
import type { ClusterState, HsmType, ServiceHsm } from "./service-cluster.ts";
import { invalid } from "./service-error.ts";
import { type HsmRecord, backupRecords, changeRecords, hsmRecords } from "./service-records.ts";
import type { FoundCluster, Survey } from "./survey.ts";

/** What an HSM is to be. */
export interface HsmWish {
  readonly zone: string;
  /** The address that it is to have; left out, one is chosen. */
  readonly ip?: string | undefined;
  /** Whether its creation is to fail: the HSM is shown, and there is none. */
  readonly degraded?: boolean | undefined;
}

/**
 * Creates an HSM of a cluster: of a new one the first, of an active one from a backup that is taken now, or where it has no
 * HSM from its latest one. Throws {@link ServiceError}, StateError, StoreError, HsmError.
 */
export async function createHsm(
  clusterId: string,
  { zone, ip, degraded = false }: HsmWish,
  survey: Survey,
  context: PlaneContext,
): Promise<ServiceHsm> {
  const cluster = clusterNamed(survey, clusterId, context);
  requireRoom(cluster, context);
  const subnet = cluster.record.subnets.find((known) => known.zone === zone);
  if (subnet === undefined) {
    const zones = cluster.record.subnets.map((known) => known.zone).join(", ");
    throw invalid(`Cluster ${clusterId} has no subnet in ${zone}: its availability zones are ${zones}.`);
  }
  const address = await chosenAddress(subnet, ip, survey, context);
  const id = drawId("hsm");
  if (!degraded) await make(cluster, { ...address, id }, context);
  const { subnetId } = subnet;
  const record: HsmRecord = {
    ...{ clusterId, zone, subnetId, ...address, created: timeOf(context) },
    ...(degraded ? { failed: true } : {}),
  };
  await changeRecords(context.home, (transaction) => hsmRecords.put(transaction, id, record));
  const found = { id, ...address, subnet, record };
  return hsmView(found, cluster, context, { state: "CREATE_IN_PROGRESS" });
}

/** Throws {@link ServiceError} where a cluster can have no further HSM now. */
function requireRoom(cluster: FoundCluster, context: PlaneContext): void {
  const hsms = shownHsms(cluster, context);
  const { id } = cluster;
  if (hsms.length > 0 && beforeActivation.includes(stateOf(cluster, context))) {
    throw invalid(`Cluster '${id}' already contains an HSM but has not yet been fully activated`);
  }
  settledState(cluster, context);
  const most = aws.limits.hsms;
  if (hsms.length >= most) {
    throw invalid(`Cluster ${id} has ${String(most)} HSMs, and cannot have more: delete one of them first.`);
  }
}

const beforeActivation: readonly ClusterState[] = ["UNINITIALIZED", "INITIALIZE_IN_PROGRESS", "INITIALIZED"];

/** Where an HSM is to be, and its id. */
interface NewHsm extends Address {
  readonly id: string;
}

async function make(cluster: FoundCluster, hsm: NewHsm, context: PlaneContext): Promise<void> {
  const { id, record } = cluster;
  const { home } = context;
  if (stateOf(cluster, context) === "UNINITIALIZED") {
    const backup = await Backup.uninitialised(hsm.id, await keptRoots(home));
    await restoreHsms(backup, newTraits(cluster), [hsm], context);
    return;
  }
  if (cluster.hsms.some(({ served, notUp }) => served !== undefined && notUp !== "destroyed")) {
    const living = await livingCluster(home, id);
    const backup = await takeBackup(home, living);
    const { traits, source } = living;
    await keepTaken({ backup, traits, hsmId: source.hsmId }, context, (transaction, kept) =>
      backupRecords.put(transaction, kept.id, backupRecordOf(record)),
    );
    await restoreHsms(backup, traits, [hsm], context);
    return;
  }
  const { backup, traits } = await readBackup(home, await latestBackup(cluster, context));
  const maxKeys = Math.max(traits.maxKeys, record.hsmType === "hsm2m.medium" ? room["hsm2m.medium"] : 0);
  await restoreHsms(backup, { ...traits, maxKeys, clusterId: id, region: record.region }, [hsm], context);
}

function newTraits({ id: clusterId, record: { region, hsmType } }: FoundCluster): ClusterTraits {
  const { name: model } = aws;
  return { clusterId, region, model, passwordCost: bounds.passwordCost.default, maxKeys: room[hsmType] };
}

/** Token keys that an HSM of a type has room for. */
const room: Readonly<Record<HsmType, number>> = { "hsm1.medium": aws.limits.keys, "hsm2m.medium": 16_666 };
