import type { Backup, ClusterTraits } from "../simulator/cluster-image.ts";
import type { Address } from "../store/address.ts";
import { StateError } from "../errors/state-error.ts";
import { livingCluster, takeBackup } from "./living-cluster.ts";
import { type Change, type RestoredHsm, mostHsms, restoreHsms } from "./restore-hsms.ts";
import { drawId } from "./service-ids.ts";

/** A cluster that was restored from a backup of another one. */
export interface NewCluster {
  readonly clusterId: string;
  readonly region: string | undefined;
  /** The cluster that the backup was taken of, and the HSM. */
  readonly cloneOf: string;
  readonly from: string;
  readonly hsms: readonly RestoredHsm[];
  /** On each HSM. */
  readonly users: number;
  readonly keys: number;
}

/** What a cluster is restored from. */
interface Origin {
  readonly backup: Backup;
  readonly traits: ClusterTraits;
  /** Where the new cluster is; undefined is where the other one is. */
  readonly region: string | undefined;
  /** The id of the HSM that the backup was taken of. */
  readonly from: string;
}

/**
 * Clones a cluster: all HSMs of the new one have what the first HSM of the other one has now, so that users and keys can be
 * copied between them. To be called under the lock of the home. Throws {@link StateError} where the cluster has no HSM that
 * is up, or an address is taken; HsmError, StoreError.
 *
 * @param region where the clone is; undefined is where the other one is
 */
export async function cloneCluster(
  id: string,
  region: string | undefined,
  addresses: readonly Address[],
  change: Change,
): Promise<NewCluster> {
  const cluster = await livingCluster(change.home, id);
  const backup = await takeBackup(change.home, cluster);
  const { source, traits } = cluster;
  return restoreCluster({ backup, traits, region, from: source.hsmId }, addresses, change);
}

/** Creates a cluster with an id of its own from a backup. Throws {@link StateError} for an address that is taken. */
export async function restoreCluster(
  { backup, traits: { clusterId: cloneOf, ...traits }, region = traits.region, from }: Origin,
  addresses: readonly Address[],
  change: Change,
): Promise<NewCluster> {
  const clusterId = drawId("cluster");
  const own = { clusterId, ...traits, ...(region === undefined ? {} : { region }) };
  const most = mostHsms(own);
  if (most !== undefined && addresses.length > most) {
    throw new StateError(`a cluster has at most ${String(most)} HSMs: name fewer hostnames`);
  }
  const hsms = await restoreHsms(backup, own, addresses, change);
  return { clusterId, region, cloneOf, from, hsms, ...backup.size };
}
