import { stateOf } from "./cluster-view.ts";
import type { PlaneContext } from "./plane-context.ts";
import type { ClusterState } from "./service-cluster.ts";
import { invalid, notFound } from "./service-error.ts";
import type { ClusterRecord } from "./service-records.ts";
import type { FoundCluster, Survey } from "./survey.ts";

/** The cluster with an id. Throws {@link ServiceError} notFound. */
export function clusterNamed(survey: Survey, id: string, context: PlaneContext): FoundCluster {
  const found = survey.clusters.find((cluster) => cluster.id === id);
  if (found === undefined || stateOf(found, context) === "DELETED") throw notFound("Cluster", id);
  return found;
}

/** What keeps everybody from changing a cluster that is in one of these states, and what mends it. */
const waits: Readonly<Partial<Record<ClusterState, string>>> = {
  CREATE_IN_PROGRESS: "is still being created: wait until describe-clusters shows another state.",
  INITIALIZE_IN_PROGRESS: "is being initialized: wait until describe-clusters shows that it is INITIALIZED.",
  DELETE_IN_PROGRESS: "is being deleted.",
};

/** The state of a cluster that may be changed. Throws {@link ServiceError} while it is made, initialised or deleted. */
export function settledState(cluster: FoundCluster, context: PlaneContext): ClusterState {
  const state = stateOf(cluster, context);
  const why = waits[state];
  if (why !== undefined) throw invalid(`Cluster ${cluster.id} ${why}`);
  return state;
}

/** What is kept of a cluster from now on: one that the service did not make is what it was found to be. */
export function keptRecord(cluster: FoundCluster, context: PlaneContext): ClusterRecord {
  const { isKept, record, hsms } = cluster;
  if (isKept) return record;
  const certificate = hsms.find(({ served }) => served?.isInitialised === true)?.served?.certificates
    .clusterCertificate;
  return {
    ...record,
    ...(certificate === undefined ? {} : { certificate, initialised: longAgo }),
    ...(stateOf(cluster, context) === "ACTIVE" ? { activated: longAgo } : {}),
  };
}

/** Before the service knew of it. */
const longAgo = 0;
