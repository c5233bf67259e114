import type { Snapshot, Transaction } from "../../store/store.ts";
import type { CertifiedKey, RequestedKey } from "./certificate-authority.ts";
import { certificateTypes } from "../../hsm/certificate-type.ts";
import { type IdentityRecord, authorities, certificates, serviceCertificates } from "../records/records.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { StorageKey } from "../sealing/storage-key.ts";

/** The customer's root. Whose own CA signed has its private key, and gave it to nobody. */
interface CustomerRoot {
  /** One certificate, or a chain of them whose last one is the root. */
  readonly certificate: string;
  readonly privateKey?: string;
}

/** The certified keys that the HSMs of a cluster have in common. */
export interface ClusterCertificates {
  readonly manufacturerRoot: CertifiedKey;
  /** The service's root; only clusters that the service made have it. */
  readonly awsRoot?: CertifiedKey;
  /** Missing until the cluster is initialised. */
  readonly customerRoot?: CustomerRoot;
  /** The cluster's key, certified by the customer's root, or requested until it is. */
  readonly cluster: CertifiedKey | RequestedKey;
}

/** What a customer's CA signed for a cluster, and the certificate of that CA: PEM. */
interface Signed {
  readonly signed: string;
  readonly anchor: string;
}

/** Gives an HSM the certificates that its customer signed, in place of the request for them. */
export async function keepSigned(
  transaction: Transaction,
  identity: IdentityRecord,
  { signed, anchor }: Signed,
): Promise<void> {
  const { cluster } = await readClusterCertificates(transaction, identity);
  await certificates.put(transaction, certificateTypes.customerRoot, anchor);
  await certificates.put(transaction, certificateTypes.clusterByCustomer, signed);
  await serviceCertificates.remove(transaction, "clusterRequest");
  await keepAuthorities(transaction, identity, {
    customerRoot: { certificate: anchor },
    cluster: { certificate: signed, privateKey: cluster.privateKey },
  });
}

/** Keeps the keys of a cluster, sealed; those that are left out stay as they are. */
export async function keepAuthorities(
  transaction: Transaction,
  identity: IdentityRecord,
  common: Partial<ClusterCertificates>,
): Promise<void> {
  const storageKey = new StorageKey(identity.storageKey, identity.hsmId);
  for (const [member, kept] of Object.entries(common)) {
    const content = Buffer.from(JSON.stringify(kept));
    await authorities.put(transaction, member, storageKey.seal(place(member), content));
  }
}

/** What {@link keepAuthorities} kept of the cluster. Throws {@link HsmError} STORAGE_FAILURE where it is missing. */
export async function readClusterCertificates(
  snapshot: Snapshot,
  identity: IdentityRecord,
): Promise<ClusterCertificates> {
  const storageKey = new StorageKey(identity.storageKey, identity.hsmId);
  const read = async <M extends keyof ClusterCertificates>(member: M): Promise<ClusterCertificates[M] | undefined> => {
    const sealed = await authorities.get(snapshot, member);
    if (sealed === undefined) return undefined;
    return JSON.parse(storageKey.open(place(member), sealed).toString("utf8")) as ClusterCertificates[M];
  };
  const manufacturerRoot = await read("manufacturerRoot");
  const cluster = await read("cluster");
  const customerRoot = await read("customerRoot");
  const awsRoot = await read("awsRoot");
  if (manufacturerRoot === undefined || cluster === undefined) throw new HsmError("STORAGE_FAILURE");
  if ("certificate" in cluster && customerRoot === undefined) throw new HsmError("STORAGE_FAILURE");
  return {
    manufacturerRoot,
    ...(awsRoot === undefined ? {} : { awsRoot }),
    ...(customerRoot === undefined ? {} : { customerRoot }),
    cluster,
  };
}

function place(member: string): string {
  return `authority/${member}`;
}
