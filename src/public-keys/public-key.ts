import { type KeyObject, createPublicKey } from "node:crypto";
import { isSafeRsaKey } from "./rsa-validation.ts";

/** An RSA-2048 public key in PEM, always written alike, so that equal keys are equal texts. */
export type PublicKey = string;

/**
 * Why a text is no public key that an HSM takes: it is a private one, no PEM of a public key, of another kind than
 * RSA-2048, or one that anybody can sign for.
 */
export type PublicKeyProblem = "private" | "unreadable" | "kind" | "weak";

const modulusLength = 2048;

/** Reads a public key in PEM, or returns what is wrong with it; line breaks inside do not matter. */
export function parsePublicKey(text: string): { readonly key: PublicKey } | { readonly problem: PublicKeyProblem } {
  if (text.includes("PRIVATE KEY-----")) return { problem: "private" };
  const body = /-----BEGIN PUBLIC KEY-----([\sA-Za-z\d+/=]*)-----END PUBLIC KEY-----/.exec(text)?.[1];
  const key = body === undefined ? undefined : decode(Buffer.from(body, "base64"));
  if (key === undefined) return { problem: "unreadable" };
  if (key.asymmetricKeyType !== "rsa" || key.asymmetricKeyDetails?.modulusLength !== modulusLength) {
    return { problem: "kind" };
  }
  if (!isSafeRsaKey(key)) return { problem: "weak" };
  return { key: key.export({ type: "spki", format: "pem" }).toString() };
}

function decode(bytes: Buffer): KeyObject | undefined {
  try {
    return createPublicKey({ key: bytes, format: "der", type: "spki" });
  } catch {
    // Why OpenSSL cannot read it, nobody could make use of.
    return undefined;
  }
}
