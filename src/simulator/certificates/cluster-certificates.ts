import type { Snapshot, Transaction } from "../../store/store.ts";
import { type CertifiedKey, issue, issueRoot, reissue } from "./certificate-authority.ts";
import { certificateTypes } from "../../hsm/certificate-type.ts";
import { type IdentityRecord, authorities, certificates } from "../records/records.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { StorageKey } from "../sealing/storage-key.ts";

/** The certified keys that the HSMs of a cluster have in common. */
export interface ClusterCertificates {
  readonly manufacturerRoot: CertifiedKey;
  readonly customerRoot: CertifiedKey;
  /** The cluster's key, certified by the customer's root. */
  readonly cluster: CertifiedKey;
}

const members = [
  "manufacturerRoot",
  "customerRoot",
  "cluster",
] as const satisfies readonly (keyof ClusterCertificates)[];

/** Makes the roots and the key of a new cluster. */
export async function makeClusterCertificates(clusterId: string, now: Date): Promise<ClusterCertificates> {
  const manufacturerRoot = await issueRoot("CN=Simulated HSM manufacturer root, O=Simulated HSM manufacturer", now);
  const customerRoot = await issueRoot(`CN=Customer root of ${clusterId}, O=Customer`, now);
  const cluster = await issue(`CN=${clusterId}, O=Customer`, customerRoot, now, false);
  return { manufacturerRoot, customerRoot, cluster };
}

/**
 * Gives an HSM its certificates: those of its cluster, one for its hardware by the manufacturer, and with that one
 * for the cluster's key.
 */
export async function writeCertificates(
  transaction: Transaction,
  identity: IdentityRecord,
  common: ClusterCertificates,
  now: Date,
): Promise<void> {
  const name = `CN=HSM:${identity.hsmId}, O=Simulated HSM manufacturer`;
  const hardware = await issue(name, common.manufacturerRoot, now, true);
  const byType = {
    manufacturerRoot: common.manufacturerRoot.certificate,
    manufacturerHardware: hardware.certificate,
    customerRoot: common.customerRoot.certificate,
    clusterByCustomer: common.cluster.certificate,
    clusterByManufacturer: await reissue(common.cluster, hardware, now),
  } as const satisfies Record<keyof typeof certificateTypes, string>;
  for (const [type, pem] of Object.entries(byType)) {
    await certificates.put(transaction, certificateTypes[type as keyof typeof certificateTypes], pem);
  }
  const storageKey = new StorageKey(identity.storageKey, identity.hsmId);
  for (const member of members) {
    await authorities.put(
      transaction,
      member,
      storageKey.seal(place(member), Buffer.from(JSON.stringify(common[member]))),
    );
  }
}

/** What {@link writeCertificates} kept of the cluster. Throws {@link HsmError} STORAGE_FAILURE where it is missing. */
export async function readClusterCertificates(
  snapshot: Snapshot,
  identity: IdentityRecord,
): Promise<ClusterCertificates> {
  const storageKey = new StorageKey(identity.storageKey, identity.hsmId);
  const read = async (member: keyof ClusterCertificates): Promise<CertifiedKey> => {
    const sealed = await authorities.get(snapshot, member);
    if (sealed === undefined) throw new HsmError("STORAGE_FAILURE");
    return JSON.parse(storageKey.open(place(member), sealed).toString("utf8")) as CertifiedKey;
  };
  return {
    manufacturerRoot: await read("manufacturerRoot"),
    customerRoot: await read("customerRoot"),
    cluster: await read("cluster"),
  };
}

function place(member: string): string {
  return `authority/${member}`;
}
