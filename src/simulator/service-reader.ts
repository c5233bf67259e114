import { certificateTypes } from "../hsm/certificate-type.ts";
import type { Address } from "../store/address.ts";
import type { Store } from "../store/store.ts";
import type { ClusterTraits } from "./cluster-image.ts";
import { identityIn, traitsOf } from "./own-identity.ts";
import { certificates, serviceCertificates, users } from "./records/records.ts";
import { translated } from "./request/storage-failure.ts";

/** What the service shows of an HSM: PEM. */
export interface ShownCertificates {
  readonly clusterCsr?: string;
  readonly hsmCertificate?: string;
  readonly awsHardwareCertificate?: string;
  readonly manufacturerHardwareCertificate?: string;
  readonly clusterCertificate?: string;
}

/** What the service knows of an HSM, read from the HSM itself. */
export interface ServedHsm {
  readonly hsmId: string;
  readonly traits: ClusterTraits;
  /** Whether the customer has certified the cluster. */
  readonly isInitialised: boolean;
  /** Whether the officer of the factory has become one of the customer's. */
  readonly isActivated: boolean;
  readonly certificates: ShownCertificates;
}

/**
 * Reads what the service knows of the HSM at `address`, and changes nothing. Throws HsmError for a store that cannot be
 * read.
 *
 * @param opening the store of the HSM, which is being opened
 */
export function readServed(opening: Promise<Store>, address: Address): Promise<ServedHsm> {
  return translated(async () =>
    (await opening).read(async (snapshot) => {
      const identity = await identityIn(snapshot, address);
      const clusterCertificate = await certificates.get(snapshot, certificateTypes.clusterByCustomer);
      const isInitialised = clusterCertificate !== undefined;
      const shown = {
        clusterCsr: await serviceCertificates.get(snapshot, "clusterRequest"),
        hsmCertificate: await certificates.get(snapshot, certificateTypes.clusterByManufacturer),
        awsHardwareCertificate: await serviceCertificates.get(snapshot, "awsHardware"),
        manufacturerHardwareCertificate: await certificates.get(snapshot, certificateTypes.manufacturerHardware),
      };
      const found = await users.list(snapshot);
      return {
        hsmId: identity.hsmId,
        traits: traitsOf(identity),
        isInitialised,
        isActivated: isInitialised && found.every(([, { type }]) => type !== "PRECO"),
        certificates: isInitialised ? { clusterCertificate } : present(shown),
      };
    }),
  );
}

function present(all: Readonly<Record<keyof Omit<ShownCertificates, "clusterCertificate">, string | undefined>>) {
  return Object.fromEntries(Object.entries(all).filter(([, pem]) => pem !== undefined)) as ShownCertificates;
}
