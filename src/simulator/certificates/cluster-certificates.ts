import type { Snapshot, Transaction } from "../../store/store.ts";
import {
  type CertifiedKey,
  type RequestedKey,
  issue,
  issueRoot,
  reissue,
  requestFor,
} from "./certificate-authority.ts";
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

/** The roots of who makes the hardware and of who runs it. */
export type ServiceRoots = Required<Pick<ClusterCertificates, "manufacturerRoot" | "awsRoot">>;

/** The roots of HSMs that may be no service's. */
type RootsOfHsms = Pick<ClusterCertificates, "manufacturerRoot" | "awsRoot">;

/** Makes the roots of a service. */
export async function makeServiceRoots(now: Date): Promise<ServiceRoots> {
  return {
    manufacturerRoot: await manufacturer(now),
    awsRoot: await issueRoot("CN=Simulated AWS CloudHSM Root G1, O=Simulated AWS", now),
  };
}

/** Makes the roots and the key of a new cluster. */
export async function makeClusterCertificates(clusterId: string, now: Date): Promise<ClusterCertificates> {
  const manufacturerRoot = await manufacturer(now);
  const customerRoot = await issueRoot(`CN=Customer root of ${clusterId}, O=Customer`, now);
  const cluster = await issue(`CN=${clusterId}, O=Customer`, customerRoot, now, false);
  return { manufacturerRoot, customerRoot, cluster };
}

/**
 * Makes the key of a new cluster that its customer is to certify.
 *
 * @param card what the request calls the HSM's hardware: `hsm-…:PARTN:1`
 * @param mode `FIPS` or `non-FIPS`
 */
export async function requestClusterCertificate(
  card: string,
  roots: RootsOfHsms,
  mode = "FIPS",
): Promise<ClusterCertificates> {
  const name = `C=US, ST=CA, O=Cavium, OU=N3FIPS, L=SanJose, CN=HSM:${card}\\, for ${mode} mode`;
  return { ...roots, cluster: await requestFor(name) };
}

/** Makes the root of who makes the hardware, for HSMs that no service runs. */
export async function makeManufacturerRoot(now: Date): Promise<RootsOfHsms> {
  return { manufacturerRoot: await manufacturer(now) };
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

function manufacturer(now: Date): Promise<CertifiedKey> {
  return issueRoot("CN=Simulated HSM manufacturer root, O=Simulated HSM manufacturer", now);
}

/**
 * Gives an HSM its certificates: those of its cluster, one for its hardware by each of the roots, and with that key
 * one for the cluster's.
 */
export async function writeCertificates(
  transaction: Transaction,
  identity: IdentityRecord,
  common: ClusterCertificates,
  now: Date,
): Promise<void> {
  const { manufacturerRoot, awsRoot, customerRoot, cluster } = common;
  const name = `CN=HSM:${identity.hsmId}, O=Simulated HSM manufacturer`;
  const hardware = await issue(name, manufacturerRoot, now, true);
  const byType = {
    manufacturerRoot: manufacturerRoot.certificate,
    manufacturerHardware: hardware.certificate,
    customerRoot: customerRoot?.certificate,
    clusterByCustomer: "certificate" in cluster ? cluster.certificate : undefined,
    clusterByManufacturer: await reissue(cluster, hardware, now),
  } as const satisfies Record<keyof typeof certificateTypes, string | undefined>;
  for (const [type, pem] of Object.entries(byType)) {
    if (pem === undefined) continue;
    await certificates.put(transaction, certificateTypes[type as keyof typeof certificateTypes], pem);
  }
  if (awsRoot !== undefined) {
    await serviceCertificates.put(transaction, "awsHardware", await reissue(hardware, awsRoot, now, true));
  }
  if ("request" in cluster) await serviceCertificates.put(transaction, "clusterRequest", cluster.request);
  await keepAuthorities(transaction, identity, common);
}

/** Keeps the keys of a cluster, sealed; those that are left out stay as they are. */
async function keepAuthorities(
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

/** What {@link writeCertificates} kept of the cluster. Throws {@link HsmError} STORAGE_FAILURE where it is missing. */
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
