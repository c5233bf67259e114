import { createPrivateKey, createPublicKey } from "node:crypto";
import type { KeyShape } from "../../hsm/key-type.ts";
import type { WrapMechanism, WrapMethod, WrappedKey } from "../../hsm/key-wrapping.ts";
import { HsmError } from "../../hsm/return-code.ts";
import {
  unwrapBlocks,
  unwrapPadded,
  unwrapPkcs5,
  wrapBlocks,
  wrapPadded,
  wrapPkcs5,
} from "../../key-wrap/aes-key-wrap.ts";
import { type GcmTerms, ivLength, unwrapGcm, wrapGcm } from "./gcm-wrap.ts";
import { unwrapOaep, unwrapRsaAes, wrapOaep, wrapRsaAes } from "./rsa-wrap.ts";

/** The type of key that a mechanism takes to wrap with. */
export const wrappingTypes = {
  AES_KEY_WRAP_PAD_PKCS5: "AES",
  NIST_AES_WRAP_NO_PAD: "AES",
  NIST_AES_WRAP_PAD: "AES",
  RSA_AES: "RSA",
  RSA_OAEP: "RSA",
  AES_GCM: "AES",
  CLOUDHSM_AES_GCM: "AES",
} as const satisfies Record<WrapMechanism, KeyShape["type"]>;

/** What RFC 3394 wraps at the least, in bytes: less fits one block, which it has no way for. */
const leastBlocks = 16;

/**
 * Wraps a payload.
 *
 * Throws {@link HsmError} KEY_UNSUITABLE for one whose length does not fit the mechanism.
 *
 * @param key the bytes of an AES key, or of an RSA public key in SubjectPublicKeyInfo
 */
export function wrapPayload(method: WrapMethod, key: Buffer, payload: Uint8Array): WrappedKey {
  const { hash = "sha1" } = method;
  switch (method.mechanism) {
    case "AES_KEY_WRAP_PAD_PKCS5":
      return { bytes: wrapPkcs5(key, payload) };
    case "NIST_AES_WRAP_NO_PAD":
      if (payload.length % 8 !== 0 || payload.length < leastBlocks) throw new HsmError("KEY_UNSUITABLE");
      return { bytes: wrapBlocks(key, payload) };
    case "NIST_AES_WRAP_PAD":
      return { bytes: wrapPadded(key, payload) };
    case "RSA_AES":
      return { bytes: wrapRsaAes(publicKeyOf(key), payload, hash) };
    case "RSA_OAEP":
      return { bytes: fitting(() => wrapOaep(publicKeyOf(key), payload, hash)) };
    case "AES_GCM": {
      const { iv, sealed } = wrapGcm(key, payload, termsOf(method));
      return { bytes: sealed, iv };
    }
    case "CLOUDHSM_AES_GCM": {
      const { iv, sealed } = wrapGcm(key, payload, termsOf(method));
      return { bytes: Buffer.concat([iv, sealed]) };
    }
  }
}

/**
 * Opens what was wrapped. Throws {@link HsmError} WRAPPED_DATA_INVALID, the same for whatever is wrong with it: an answer that
 * tells more would open it, asked often enough.
 *
 * @param key the bytes of an AES key, or of an RSA private key in PKCS #8
 */
export function unwrapPayload(method: WrapMethod, key: Buffer, wrapped: WrappedKey): Buffer {
  try {
    return opened(method, key, wrapped);
  } catch (error) {
    throw new HsmError("WRAPPED_DATA_INVALID", { cause: error });
  }
}

function opened(method: WrapMethod, key: Buffer, { bytes, iv = new Uint8Array() }: WrappedKey): Buffer {
  const { hash = "sha1" } = method;
  switch (method.mechanism) {
    case "AES_KEY_WRAP_PAD_PKCS5":
      return unwrapPkcs5(key, bytes);
    case "NIST_AES_WRAP_NO_PAD":
      return unwrapBlocks(key, bytes);
    case "NIST_AES_WRAP_PAD":
      return unwrapPadded(key, bytes);
    case "RSA_AES":
      return unwrapRsaAes(privateKeyOf(key), bytes, hash);
    case "RSA_OAEP":
      return unwrapOaep(privateKeyOf(key), bytes, hash);
    case "AES_GCM":
      return unwrapGcm(key, { iv, sealed: bytes }, termsOf(method));
    case "CLOUDHSM_AES_GCM":
      return unwrapGcm(key, { iv: bytes.subarray(0, ivLength), sealed: bytes.subarray(ivLength) }, termsOf(method));
  }
}

function termsOf({ additional = new Uint8Array(), tagLength = 16 }: WrapMethod): GcmTerms {
  return { additional, tagLength };
}

/** Throws {@link HsmError} KEY_UNSUITABLE where OpenSSL finds a payload too long. */
function fitting(work: () => Buffer): Buffer {
  try {
    return work();
  } catch (error) {
    throw new HsmError("KEY_UNSUITABLE", { cause: error });
  }
}

function publicKeyOf(key: Buffer) {
  return createPublicKey({ key, format: "der", type: "spki" });
}

function privateKeyOf(key: Buffer) {
  return createPrivateKey({ key, format: "der", type: "pkcs8" });
}
