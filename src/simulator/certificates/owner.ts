import { X509Certificate } from "node:crypto";

/** Whether the CA of a file, the first certificate in it, signed a cluster's certificate: both in PEM. */
export function isOwnerOf(owner: string, cluster: string): boolean {
  const ca = firstIn(owner);
  const signed = firstIn(cluster);
  return ca !== undefined && signed !== undefined && signed.checkIssued(ca) && signed.verify(ca.publicKey);
}

function firstIn(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    // What is no certificate is nobody's.
    return undefined;
  }
}
