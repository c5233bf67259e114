import type { Transaction } from "../../store/store.ts";
import { type CertifiedKey, issue, issueRoot, reissue, requestFor } from "./certificate-authority.ts";
import { certificateTypes } from "../../hsm/certificate-type.ts";
import { type IdentityRecord, certificates, serviceCertificates } from "../records/records.ts";
import { type ClusterCertificates, keepAuthorities } from "./kept-certificates.ts";

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
 * @param subject what the request calls the HSM
 */
export async function requestClusterCertificate(subject: string, roots: RootsOfHsms): Promise<ClusterCertificates> {
  return { ...roots, cluster: await requestFor(subject) };
}

/** Makes the root of who makes the hardware, for HSMs that no service runs. */
export async function makeManufacturerRoot(now: Date): Promise<RootsOfHsms> {
  return { manufacturerRoot: await manufacturer(now) };
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
