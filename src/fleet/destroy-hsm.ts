import { readIdentity } from "../simulator/identity-reader.ts";
import { type Address, addressText } from "../store/address.ts";
import type { HeldHsm, Home } from "../store/home.ts";
import { StoreError } from "../store/store.ts";
import { type AddedHsm, restoredIn } from "./add-hsm.ts";
import { type KnownHsm, locateHsm, naming } from "./find-hsm.ts";
import { StateError } from "../errors/state-error.ts";
import { noteState } from "./hsm-states.ts";
import { livingCluster, takeBackup } from "./living-cluster.ts";
import type { Change } from "./restore-hsms.ts";

/**
 * Deletes the HSM that a word names with all that it has, and notes that, so that no start makes it anew. To be called under
 * the lock of the home. Throws {@link StateError} where there is no such HSM, or a shell has it open; StoreError.
 */
export function destroyHsm(home: Home, word: string): Promise<KnownHsm> {
  return holding(home, word, async (hsm, held) => {
    await destroyHeld(home, hsm, held);
    return hsm;
  });
}

/** An HSM that has the place of another one. */
export interface Replacement extends AddedHsm {
  /** The id of the one that was destroyed. */
  readonly replaced: string;
}

/**
 * Destroys the HSM that a word names, and has a new one at its address, with another id and all that the first other HSM of
 * its cluster has now. To be called under the lock of the home; where it ends early, the HSM is there, or destroyed. Throws
 * {@link StateError} where no other one is up, or a shell has it open; HsmError, StoreError.
 */
export async function replaceHsm(word: string, change: Change): Promise<Replacement> {
  const { home } = change;
  const { hsm, cluster, backup } = await holding(home, word, async (doomed, held) => {
    const living = await livingCluster(home, doomed.clusterId, doomed);
    const taken = await takeBackup(home, living);
    await destroyHeld(home, doomed, held);
    return { hsm: doomed, cluster: living, backup: taken };
  });
  const { hostname, port, hsmId: replaced } = hsm;
  return { replaced, ...(await restoredIn(cluster, backup, { hostname, port }, change)) };
}

/** Deletes an HSM that is held, and notes that. To be called under the lock of the home. Throws StoreError. */
export async function destroyHeld(home: Home, hsm: KnownHsm, held: HeldHsm): Promise<void> {
  const { hsmId, clusterId, hostname, port } = hsm;
  // Noted first: one that is gone without a note would be made anew.
  await noteState(home, hsmId, { state: "destroyed", clusterId, hostname, port, since: Date.now() });
  await held.delete();
}

/** Works on an HSM that nobody else has open meanwhile. */
async function holding<T>(home: Home, word: string, work: (hsm: KnownHsm, held: HeldHsm) => Promise<T>): Promise<T> {
  const address = await locateHsm(home, word);
  const held = await holdAlone(home, address);
  try {
    const { id, clusterId } = await naming(address, () => readIdentity(Promise.resolve(held), address));
    return await work({ ...address, hsmId: id, clusterId }, held);
  } finally {
    await held.release();
  }
}

/** Holds an HSM. Throws {@link StateError} while a shell has it open. */
export async function holdAlone(home: Home, address: Address): Promise<HeldHsm> {
  try {
    return await home.hold(address);
  } catch (error) {
    if (!(error instanceof StoreError) || error.failure !== "busy") throw error;
    throw new StateError(`a shell has the HSM at ${addressText(address)} open: quit that shell, then try again`, {
      cause: error,
    });
  }
}
