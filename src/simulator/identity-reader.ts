import type { HsmIdentity } from "../hsm/hsm.ts";
import { HsmError } from "../hsm/return-code.ts";
import type { Address } from "../store/address.ts";
import type { Store } from "../store/store.ts";
import { requireOwnAddress } from "./own-address.ts";
import { identities } from "./records/records.ts";
import { translated } from "./request/storage-failure.ts";

/**
 * Reads which HSM is at `address`, and changes nothing. Throws HsmError for a store that cannot be read.
 *
 * @param opening the store of the HSM, which is being opened
 */
export function readIdentity(opening: Promise<Store>, address: Address): Promise<HsmIdentity> {
  return translated(async () =>
    (await opening).read(async (snapshot) => {
      const identity = await identities.get(snapshot, "hsm");
      if (identity === undefined) throw new HsmError("STORAGE_FAILURE");
      requireOwnAddress(identity, address);
      return { id: identity.hsmId, clusterId: identity.clusterId };
    }),
  );
}
