import { createPrivateKey, sign } from "node:crypto";
import type { Snapshot } from "../../store/store.ts";
import type { IdentityRecord } from "../records/records.ts";
import { readClusterCertificates } from "./kept-certificates.ts";

/** A signature (ECDSA, SHA-256, in DER) by the key of the cluster's certificate. Throws {@link HsmError} STORAGE_FAILURE. */
export async function signAsCluster(snapshot: Snapshot, identity: IdentityRecord, text: Uint8Array): Promise<Buffer> {
  const { cluster } = await readClusterCertificates(snapshot, identity);
  const key = createPrivateKey({ key: Buffer.from(cluster.privateKey, "base64"), format: "der", type: "pkcs8" });
  return sign("sha256", text, key);
}
