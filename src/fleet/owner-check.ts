import type { e2eStates } from "../config/configuration.ts";
import { StateError } from "../errors/state-error.ts";
import { readOwner } from "../simulator/certificate-reader.ts";
import type { Home } from "../store/home.ts";
import { checkOwnerOf, leaveOwnerOf } from "./checked-clusters.ts";
import { naming } from "./find-hsm.ts";
import { noCluster, readableHsms } from "./living-cluster.ts";

/**
 * Has the owner's certificate of a cluster matter from the next connection on, or not any more. To be called under the lock
 * of the home. Throws {@link StateError} where there is no such cluster, and where one waits for its certificates, which
 * is checked in any case; StoreError.
 */
export async function setOwnerCheck(home: Home, clusterId: string, state: (typeof e2eStates)[number]): Promise<void> {
  const known = await readableHsms(home);
  const hsm = known.find((each) => each.clusterId === clusterId);
  if (hsm === undefined) throw noCluster(home, clusterId, known);
  if (state === "checked") return checkOwnerOf(home, clusterId);
  const { isInitialised } = await naming(hsm, () => readOwner(home.open(hsm), hsm));
  if (!isInitialised) {
    throw new StateError(`${clusterId} waits for its certificates, and is checked until storeCert has stored them`);
  }
  await leaveOwnerOf(home, clusterId);
}
