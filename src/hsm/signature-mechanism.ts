/** How a message is signed: with which kind of key, and over which hash of the message. */
export interface SignatureScheme {
  readonly keyType: "RSA" | "EC";
  /** `pss` has a salt as long as the hash, and MGF1 of the same hash; an `ecdsa` signature is in DER. */
  readonly padding: "pkcs1" | "pss" | "ecdsa";
  readonly hash: "sha1" | "sha224" | "sha256" | "sha384" | "sha512";
}

const pkcs1 = (hash: SignatureScheme["hash"]): SignatureScheme => ({ keyType: "RSA", padding: "pkcs1", hash });
const pss = (hash: SignatureScheme["hash"]): SignatureScheme => ({ keyType: "RSA", padding: "pss", hash });
const ecdsa = (hash: SignatureScheme["hash"]): SignatureScheme => ({ keyType: "EC", padding: "ecdsa", hash });

/**
 * The mechanisms by their numbers (AWS CloudHSM User Guide, "key_mgmt_util-sign"): SHA-224 is the last one of RSA's, and the
 * second of ECDSA's.
 */
export const signatureSchemes = {
  0: pkcs1("sha1"),
  1: pkcs1("sha256"),
  2: pkcs1("sha384"),
  3: pkcs1("sha512"),
  4: pkcs1("sha224"),
  5: pss("sha1"),
  6: pss("sha256"),
  7: pss("sha384"),
  8: pss("sha512"),
  9: pss("sha224"),
  15: ecdsa("sha1"),
  16: ecdsa("sha224"),
  17: ecdsa("sha256"),
  18: ecdsa("sha384"),
  19: ecdsa("sha512"),
} as const satisfies Readonly<Record<number, SignatureScheme>>;

/** The number of a mechanism. */
export type SignatureMechanism = keyof typeof signatureSchemes;
