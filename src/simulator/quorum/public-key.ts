import { type KeyObject, constants, createPublicKey, verify } from "node:crypto";
import type { Snapshot } from "../../store/store.ts";
import { users } from "../records/records.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { isSafeRsaKey } from "./rsa-validation.ts";

/** An RSA-2048 public key in PEM, always written alike, so that equal keys are equal texts. */
export type PublicKey = string;

const modulusLength = 2048;

/**
 * Reads a public key in PEM; line breaks inside do not matter. Throws {@link HsmError} PUBLIC_KEY_PRIVATE,
 * PUBLIC_KEY_UNREADABLE, PUBLIC_KEY_KIND for any other than RSA-2048, or PUBLIC_KEY_WEAK for one that anybody can sign for.
 */
export function readPublicKey(text: string): PublicKey {
  if (text.includes("PRIVATE KEY-----")) throw new HsmError("PUBLIC_KEY_PRIVATE");
  const body = /-----BEGIN PUBLIC KEY-----([\sA-Za-z\d+/=]*)-----END PUBLIC KEY-----/.exec(text)?.[1];
  if (body === undefined) throw new HsmError("PUBLIC_KEY_UNREADABLE");
  const key = decode(Buffer.from(body, "base64"));
  if (key.asymmetricKeyType !== "rsa" || key.asymmetricKeyDetails?.modulusLength !== modulusLength) {
    throw new HsmError("PUBLIC_KEY_KIND");
  }
  if (!isSafeRsaKey(key)) throw new HsmError("PUBLIC_KEY_WEAK");
  return key.export({ type: "spki", format: "pem" }).toString();
}

function decode(bytes: Buffer): KeyObject {
  try {
    return createPublicKey({ key: bytes, format: "der", type: "spki" });
  } catch (error) {
    throw new HsmError("PUBLIC_KEY_UNREADABLE", { cause: error });
  }
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
