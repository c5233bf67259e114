import { powerOff } from "../simulator/power-off.ts";
import type { Home } from "../store/home.ts";
import { type KnownHsm, naming } from "./find-hsm.ts";
import { StateError } from "../errors/state-error.ts";
import { forgetStates, hsmsNotUp, noteState } from "./hsm-states.ts";
import { addressText } from "../store/address.ts";

/**
 * Stops an HSM: it answers nobody from its next request on, and nobody is logged in there any more. To be called under
 * the lock of the home. Throws {@link StateError} where it is stopped already, and completes that where it was cut off;
 * StoreError.
 */
export async function stopHsm(home: Home, hsm: KnownHsm): Promise<void> {
  const before = await isStopped(home, hsm);
  const { hsmId, clusterId, hostname, port } = hsm;
  if (!before) await noteState(home, hsmId, { state: "stopped", clusterId, hostname, port, since: Date.now() });
  await endAll(home, hsm);
  if (before) throw new StateError(`${hsmId} is stopped already`);
}

/** Starts an HSM that was stopped, with all that it had but its logins. To be called under the lock of the home. */
export async function startHsm(home: Home, hsm: KnownHsm): Promise<void> {
  if (!(await isStopped(home, hsm))) throw new StateError(`${hsm.hsmId} at ${addressText(hsm)} is not stopped`);
  // Whoever stopped it may have been killed before its logins had ended.
  await endAll(home, hsm);
  await forgetStates(home, [hsm.hsmId]);
}

function endAll(home: Home, hsm: KnownHsm): Promise<void> {
  return naming(hsm, () => powerOff(home.open(hsm)));
}

async function isStopped(home: Home, { hsmId }: KnownHsm): Promise<boolean> {
  return (await hsmsNotUp(home)).some((hsm) => hsm.hsmId === hsmId && hsm.state === "stopped");
}
