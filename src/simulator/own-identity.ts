import { type Address, addressText, isSameAddress } from "../store/address.ts";
import { type Snapshot, StoreError } from "../store/store.ts";
import { HsmError } from "../hsm/return-code.ts";
import type { ClusterTraits } from "./cluster-image.ts";
import { type IdentityRecord, identities } from "./records/records.ts";

/**
 * Which HSM a store is of. It has one address: a copy of its file at a second one would be a second server with the same id
 * and the same logins. Throws {@link HsmError} where it cannot say, and StoreError `unavailable` for a copy.
 *
 * @param found where it was found; left out, nothing could have been copied there
 */
export async function identityIn(snapshot: Snapshot, found?: Address): Promise<IdentityRecord> {
  const identity = await identities.get(snapshot, "hsm");
  if (identity === undefined) throw new HsmError("STORAGE_FAILURE");
  if (found === undefined || isSameAddress(identity, found)) return identity;
  throw new StoreError(
    "unavailable",
    `the file at ${addressText(found)} is a copy of ${identity.hsmId}, which is at ${addressText(identity)}`,
    { advice: "remove this file; a copy is a backup, to be put back under the same name" },
  );
}

/** What an HSM has in common with all of its cluster. */
export function traitsOf({ clusterId, region, passwordCost, maxKeys, model }: IdentityRecord): ClusterTraits {
  return {
    ...{ clusterId, passwordCost, maxKeys },
    ...(region === undefined ? {} : { region }),
    ...(model === undefined ? {} : { model }),
  };
}
