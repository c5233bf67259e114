import { derivedId } from "./derived-ids.ts";
import { type PlaneContext, timeOf } from "./plane-context.ts";
import type { ClusterState, HsmState, ServiceCluster, ServiceHsm } from "./service-cluster.ts";
import type { FoundCluster, FoundHsm } from "./survey.ts";

/** What an HSM is in. */
interface HsmCondition {
  readonly state: HsmState;
  readonly stateMessage?: string;
}

/** What the service shows of an HSM whose creation failed. */
const creationFailed = "HSM creation failed. Please delete this HSM and try again.";

/** The state of an HSM at a time; DELETED for one that is shown no more. */
export function conditionOf(hsm: FoundHsm, context: PlaneContext): HsmCondition {
  const { record, served, notUp, id } = hsm;
  const now = timeOf(context);
  const isRecent = (time: number | undefined): boolean => time !== undefined && now < time + context.delay;
  if (record?.deleted !== undefined && served === undefined) {
    return { state: isRecent(record.deleted) ? "DELETE_IN_PROGRESS" : "DELETED" };
  }
  // Somebody was killed in the midst of its deletion: whoever deletes it again completes that.
  if (notUp === "destroyed") return { state: "DELETE_IN_PROGRESS" };
  if (isRecent(record?.created)) return { state: "CREATE_IN_PROGRESS" };
  if (record?.failed === true) return { state: "DEGRADED", stateMessage: creationFailed };
  if (served === undefined) {
    return {
      state: "DEGRADED",
      stateMessage: "The HSM cannot be read. Please delete this HSM and create another one.",
    };
  }
  if (notUp === "stopped") {
    return { state: "DEGRADED", stateMessage: `The HSM is stopped: cloudhsm-sim hsm start ${id} starts it.` };
  }
  return { state: "ACTIVE" };
}

/** The HSMs of a cluster that are shown. */
export function shownHsms(cluster: FoundCluster, context: PlaneContext): readonly FoundHsm[] {
  return cluster.hsms.filter((hsm) => conditionOf(hsm, context).state !== "DELETED");
}

/** The state of a cluster at a time; DELETED for one that is shown no more. */
export function stateOf(cluster: FoundCluster, context: PlaneContext): ClusterState {
  const { record, hsms } = cluster;
  const now = timeOf(context);
  if (record.deleted !== undefined) return now < record.deleted + context.delay ? "DELETE_IN_PROGRESS" : "DELETED";
  if (record.isMadeHere && now < record.created + context.delay) return "CREATE_IN_PROGRESS";
  const served = hsms.filter(({ notUp }) => notUp !== "destroyed").flatMap((hsm) => hsm.served ?? []);
  if (served.length === 0) return stateOfEmpty(cluster);
  if (served.some(({ isInitialised }) => !isInitialised)) return "UNINITIALIZED";
  if (record.initialised !== undefined && now < record.initialised + context.delay) return "INITIALIZE_IN_PROGRESS";
  if (served.every(({ isActivated }) => !isActivated)) return "INITIALIZED";
  return record.shownActive !== undefined && now < record.shownActive ? "INITIALIZED" : "ACTIVE";
}

/** Without an HSM, a cluster is what it came to be with one. */
function stateOfEmpty({ record }: FoundCluster): ClusterState {
  if (record.activated !== undefined) return "ACTIVE";
  return record.initialised === undefined ? "UNINITIALIZED" : "INITIALIZED";
}

/** An HSM as the service shows it. */
export function hsmView(
  hsm: FoundHsm,
  cluster: FoundCluster,
  context: PlaneContext,
  condition = conditionOf(hsm, context),
): ServiceHsm {
  const { id, hostname, subnet } = hsm;
  const isMade = condition.state !== "CREATE_IN_PROGRESS";
  return {
    ...{ id, clusterId: cluster.id, zone: subnet.zone, subnetId: subnet.subnetId },
    ...(isMade ? { eniId: derivedId("eni", id), eniIp: hostname } : {}),
    ...{ hsmType: cluster.record.hsmType, ...condition },
  };
}

/**
 * A cluster as the service shows it.
 *
 * @param state what it is shown to be in; left out, what it is in
 */
export function clusterView(
  cluster: FoundCluster,
  context: PlaneContext,
  state = stateOf(cluster, context),
): ServiceCluster {
  const { id, record } = cluster;
  const { created, retentionDays, hsmType, mode, networkType, sourceBackupId, tags, region } = record;
  return {
    ...{ id, created, retentionDays, hsmType, networkType, state, tags },
    hsms: shownHsms(cluster, context).map((hsm) => hsmView(hsm, cluster, context)),
    ...(mode === undefined ? {} : { mode }),
    ...(sourceBackupId === undefined ? {} : { sourceBackupId }),
    ...(state === "DELETE_IN_PROGRESS" ? { stateMessage: deleting } : {}),
    subnets: record.subnets.map(({ zone, subnetId }) => ({ zone, subnetId })),
    vpcId: derivedId("vpc", region),
    ...(state === "CREATE_IN_PROGRESS" ? {} : { securityGroup: derivedId("sg", id) }),
    certificates: certificatesOf(cluster, context),
  };
}

const deleting = "The cluster is being deleted.";

/** What the first HSM that is made has to show. */
function certificatesOf(cluster: FoundCluster, context: PlaneContext): ServiceCluster["certificates"] {
  const made = cluster.hsms.filter((hsm) => ["ACTIVE", "DEGRADED"].includes(conditionOf(hsm, context).state));
  const shown = made.find(({ served }) => served !== undefined)?.served?.certificates;
  const { certificate: clusterCertificate } = cluster.record;
  return shown ?? (clusterCertificate === undefined ? {} : { clusterCertificate });
}
