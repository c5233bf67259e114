import { X509Certificate, verify } from "node:crypto";

/** Whether the CA of a file, the first certificate in it, signed a cluster's certificate: both in PEM. */
export function isOwnerOf(owner: string, cluster: string): boolean {
  const ca = firstIn(owner);
  const signed = firstIn(cluster);
  return ca !== undefined && signed !== undefined && signed.checkIssued(ca) && signed.verify(ca.publicKey);
}

/** Whether bytes are signed (SHA-256) by the key of the CA of a file, the first certificate in it: PEM. */
export function isSignedByOwner(owner: string, text: Uint8Array, signature: Uint8Array): boolean {
  const ca = firstIn(owner);
  return ca !== undefined && verify("sha256", text, ca.publicKey, signature);
}

function firstIn(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    // What is no certificate is nobody's.
    return undefined;
  }
}
