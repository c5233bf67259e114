import type { Address } from "../store/address.ts";
import type { HeldHsm, Home } from "../store/home.ts";
import { placeAt } from "../store/place.ts";
import { StoreError } from "../store/store.ts";
import { holdAlone } from "./destroy-hsm.ts";
import { StateError } from "../errors/state-error.ts";

/** The addresses of the HSMs of a home; what is there and is none is left out. Opens none. Throws StoreError. */
export async function hsmAddresses(home: Home): Promise<readonly Address[]> {
  const found: Address[] = [];
  for (const { hostname, port } of await home.list()) {
    if ((await placeAt(home, { hostname, port })).kind === "hsm") found.push({ hostname, port });
  }
  return found;
}

/**
 * Deletes all HSMs of a home, with what is kept there that belongs to none: backups, faults, which HSM is stopped. To be
 * called under the lock of the home. Returns where they were. Throws {@link StateError} while a shell has anything of it
 * open, and deletes nothing then; StoreError.
 */
export async function resetHome(home: Home): Promise<readonly Address[]> {
  const addresses = await hsmAddresses(home);
  const held: HeldHsm[] = [];
  try {
    for (const address of addresses) held.push(await holdAlone(home, address));
    const records = await holdRecords(home);
    if (records !== undefined) held.push(records);
    for (const hsm of held) await hsm.delete();
  } finally {
    for (const hsm of held) await hsm.release();
  }
  return addresses;
}

async function holdRecords(home: Home): Promise<HeldHsm | undefined> {
  try {
    return await home.holdRecords();
  } catch (error) {
    if (!(error instanceof StoreError) || error.failure !== "busy") throw error;
    throw new StateError(`somebody works in ${home.name}: quit the shells there, then try again`, { cause: error });
  }
}
