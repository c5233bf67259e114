import type { Backup } from "../simulator/cluster-image.ts";
import { readServed } from "../simulator/service-reader.ts";
import type { Address } from "../store/address.ts";
import { StateError } from "../errors/state-error.ts";
import { type LivingCluster, livingCluster, takeBackup } from "./living-cluster.ts";
import { type Change, type RestoredHsm, mostHsms, restoreHsms } from "./restore-hsms.ts";

/** An HSM that joined a cluster. */
export interface AddedHsm {
  readonly clusterId: string;
  readonly hsm: RestoredHsm;
  /** The id of the HSM whose backup it was restored from. */
  readonly from: string;
  readonly users: number;
  readonly keys: number;
}

/**
 * Creates one more HSM of a living cluster, with the users, passwords, keys and minimums that its first HSM has now. To be
 * called under the lock of the home. Throws {@link StateError} where the cluster has no HSM that is up, or as many as it
 * can have, or was never initialised, or the address is taken; HsmError, StoreError.
 */
export async function addHsm(clusterId: string, address: Address, change: Change): Promise<AddedHsm> {
  const { home } = change;
  const cluster = await livingCluster(home, clusterId);
  const { traits } = cluster;
  const most = mostHsms(traits);
  if (most !== undefined && cluster.hsms.length >= most) {
    throw new StateError(
      `${clusterId} has ${String(cluster.hsms.length)} HSMs, and cannot have more: destroy one of them first`,
    );
  }
  const { source } = cluster;
  if (!(await readServed(home.open(source), source)).isInitialised) {
    throw new StateError(
      `${clusterId} is not initialized: sign its request (aws cloudhsmv2 initialize-cluster) before it gets another HSM`,
    );
  }
  return restoredIn(cluster, await takeBackup(home, cluster), address, change);
}

/** Creates an HSM of a cluster from a backup of its source. Throws as {@link restoreHsms} does. */
export async function restoredIn(
  { id: clusterId, source, traits }: LivingCluster,
  backup: Backup,
  address: Address,
  change: Change,
): Promise<AddedHsm> {
  const [hsm] = await restoreHsms(backup, traits, [address], change);
  if (hsm === undefined) throw new Error("no HSM was restored");
  return { clusterId, hsm, from: source.hsmId, ...backup.size };
}
