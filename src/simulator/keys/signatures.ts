import { type SignKeyObjectInput, constants, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { type SignatureMechanism, type SignatureScheme, signatureSchemes } from "../../hsm/signature-mechanism.ts";
import { HsmError } from "../../hsm/return-code.ts";
import type { KeyRecord } from "../records/records.ts";
import type { KeyBytes } from "../records/key-records.ts";

/** What a signature is made with, and over. */
export interface SignatureInput {
  readonly mechanism: SignatureMechanism;
  readonly message: Uint8Array;
}

/** Throws {@link HsmError} KEY_UNSUITABLE unless a key is for the mechanism, and for that purpose. */
export function requireSuitable(
  { class: keyClass, flags, shape }: KeyRecord,
  mechanism: SignatureMechanism,
  purpose: "sign" | "verify",
): void {
  const isOfClass = keyClass === (purpose === "sign" ? "private" : "public");
  const isOfType = shape.type === signatureSchemes[mechanism].keyType;
  if (!isOfClass || !isOfType || !flags[purpose]) throw new HsmError("KEY_UNSUITABLE");
}

/** Signs with a private key in PKCS#8. */
export function signatureOf(privateKey: KeyBytes, { mechanism, message }: SignatureInput): Uint8Array {
  const scheme = signatureSchemes[mechanism];
  const key = createPrivateKey({ key: privateKey, format: "der", type: "pkcs8" });
  return sign(scheme.hash, message, { key, ...formOf(scheme) });
}

/** Whether a signature is over the message, by a public key in SubjectPublicKeyInfo. */
export function isSignature(
  publicKey: KeyBytes,
  { mechanism, message }: SignatureInput,
  signature: Uint8Array,
): boolean {
  const scheme = signatureSchemes[mechanism];
  const key = createPublicKey({ key: publicKey, format: "der", type: "spki" });
  // Others may have taken a salt of another length.
  const lenient = scheme.padding === "pss" ? { saltLength: constants.RSA_PSS_SALTLEN_AUTO } : {};
  return verify(scheme.hash, message, { key, ...formOf(scheme), ...lenient }, signature);
}

function formOf({ padding }: SignatureScheme): Omit<SignKeyObjectInput, "key"> {
  switch (padding) {
    case "pkcs1":
      return { padding: constants.RSA_PKCS1_PADDING };
    case "pss":
      return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
    case "ecdsa":
      return { dsaEncoding: "der" };
  }
}
