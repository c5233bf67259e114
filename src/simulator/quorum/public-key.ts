import { constants, verify } from "node:crypto";
import { type PublicKey, type PublicKeyProblem, parsePublicKey } from "../../public-keys/public-key.ts";
import type { Snapshot } from "../../store/store.ts";
import { users } from "../records/records.ts";
import { HsmError, type ReturnCodeName } from "../../hsm/return-code.ts";

const refusals: Readonly<Record<PublicKeyProblem, ReturnCodeName>> = {
  private: "PUBLIC_KEY_PRIVATE",
  unreadable: "PUBLIC_KEY_UNREADABLE",
  kind: "PUBLIC_KEY_KIND",
  weak: "PUBLIC_KEY_WEAK",
};

/**
 * Reads a public key in PEM; line breaks inside do not matter. Throws {@link HsmError} PUBLIC_KEY_PRIVATE,
 * PUBLIC_KEY_UNREADABLE, PUBLIC_KEY_KIND for any other than RSA-2048, or PUBLIC_KEY_WEAK for one that anybody can sign for.
 */
export function readPublicKey(text: string): PublicKey {
  const read = parsePublicKey(text);
  if ("problem" in read) throw new HsmError(refusals[read.problem]);
  return read.key;
}

/** Whether `signature` is one over `data`, made with the private key of `key`: PKCS #1 v1.5 with SHA-256. */
export function isSigned(key: PublicKey, data: Uint8Array, signature: Uint8Array): boolean {
  return verify("sha256", data, { key, padding: constants.RSA_PKCS1_PADDING }, signature);
}

/**
 * Throws {@link HsmError} PUBLIC_KEY_TAKEN when another user than `userId` has the key: whoever holds its private
 * part could approve for both.
 */
export async function requireOwnKey(snapshot: Snapshot, userId: number | undefined, key: PublicKey): Promise<void> {
  for (const [id, { publicKey }] of await users.list(snapshot)) {
    if (id !== userId && publicKey === key) throw new HsmError("PUBLIC_KEY_TAKEN");
  }
}
