import { certificateTypes } from "../hsm/certificate-type.ts";
import type { Address } from "../store/address.ts";
import type { Store } from "../store/store.ts";
import { isOwnerOf } from "./certificates/owner.ts";
import { identityIn } from "./own-identity.ts";
import { certificates } from "./records/records.ts";
import { translated } from "./request/storage-failure.ts";

/** What an HSM has of the certificates that its customer signs. */
export interface OwnedHsm {
  readonly clusterId: string;
  readonly isInitialised: boolean;
  /** Whether the CA with this certificate, in PEM, signed for its cluster. */
  readonly isOwnedBy: (owner: string) => boolean;
}

/** Reads whose the HSM at `address` is, and changes nothing. Throws HsmError for a store that cannot be read. */
export function readOwner(opening: Promise<Store>, address: Address): Promise<OwnedHsm> {
  return translated(async () =>
    (await opening).read(async (snapshot) => {
      const { clusterId } = await identityIn(snapshot, address);
      const signed = await certificates.get(snapshot, certificateTypes.clusterByCustomer);
      return {
        clusterId,
        isInitialised: signed !== undefined,
        isOwnedBy: (owner) => signed !== undefined && isOwnerOf(owner, signed),
      };
    }),
  );
}
