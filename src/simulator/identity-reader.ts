import type { HsmIdentity } from "../hsm/hsm.ts";
import type { Address } from "../store/address.ts";
import type { Store } from "../store/store.ts";
import type { ClusterTraits } from "./cluster-image.ts";
import { identityIn, traitsOf } from "./own-identity.ts";
import type { IdentityRecord } from "./records/records.ts";
import { translated } from "./request/storage-failure.ts";

/** A store of which this reads only: also one that is held. */
type Readable = Pick<Store, "read">;

/**
 * Reads which HSM is at `address`, and changes nothing. Throws HsmError for a store that cannot be read.
 *
 * @param opening the store of the HSM, which is being opened
 */
export function readIdentity(opening: Promise<Readable>, address: Address): Promise<HsmIdentity> {
  return readRecord(opening, address, ({ hsmId, clusterId }) => ({ id: hsmId, clusterId }));
}

/** Reads in the same way what the HSM has in common with all of its cluster. */
export function readTraits(opening: Promise<Readable>, address: Address): Promise<ClusterTraits> {
  return readRecord(opening, address, traitsOf);
}

/** Reads in the same way what the hostname of the HSM resolves to; undefined where nobody said. */
export function readAddress(opening: Promise<Readable>, address: Address): Promise<string | undefined> {
  return readRecord(opening, address, (identity) => identity.address);
}

function readRecord<T>(
  opening: Promise<Readable>,
  address: Address,
  part: (identity: IdentityRecord) => T,
): Promise<T> {
  return translated(async () => (await opening).read(async (snapshot) => part(await identityIn(snapshot, address))));
}
