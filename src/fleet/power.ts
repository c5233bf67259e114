import { powerOff } from "../simulator/power-off.ts";
import type { Home } from "../store/home.ts";
import { type KnownHsm, addressText, naming } from "./find-hsm.ts";
import { StateError } from "../errors/state-error.ts";
import { forgetStates, hsmsNotUp, noteState } from "./hsm-states.ts";

/**
 * Stops an HSM: it answers nobody from its next request on, and nobody is logged in there any more. To be called under
 * the lock of the home. Throws {@link StateError} where it is stopped already, StoreError.
 */
export async function stopHsm(home: Home, hsm: KnownHsm): Promise<void> {
  if (await isStopped(home, hsm)) throw new StateError(`${hsm.hsmId} is stopped already`);
  const { hsmId, clusterId, hostname, port } = hsm;
  await noteState(home, hsmId, { state: "stopped", clusterId, hostname, port, since: Date.now() });
  await naming(hsm, () => powerOff(home.open(hsm)));
}

/** Starts an HSM that was stopped, with all that it had but its logins. To be called under the lock of the home. */
export async function startHsm(home: Home, hsm: KnownHsm): Promise<void> {
  if (!(await isStopped(home, hsm))) throw new StateError(`${hsm.hsmId} at ${addressText(hsm)} is not stopped`);
  await forgetStates(home, [hsm.hsmId]);
}

async function isStopped(home: Home, { hsmId }: KnownHsm): Promise<boolean> {
  return (await hsmsNotUp(home)).some((hsm) => hsm.hsmId === hsmId && hsm.state === "stopped");
}
