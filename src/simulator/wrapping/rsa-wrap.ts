import { type KeyObject, constants, privateDecrypt, publicEncrypt, randomBytes } from "node:crypto";
import type { WrapHash } from "../../hsm/key-wrapping.ts";
import { unwrapPadded, wrapPadded } from "../../key-wrap/aes-key-wrap.ts";

const padding = constants.RSA_PKCS1_OAEP_PADDING;
const transportKeyLength = 32;

/** Wraps with OAEP. Throws where the payload is longer than the modulus less two digests and 2. */
export function wrapOaep(key: KeyObject, payload: Uint8Array, oaepHash: WrapHash): Buffer {
  return publicEncrypt({ key, padding, oaepHash }, payload);
}

/** Opens what {@link wrapOaep} made. Throws what OpenSSL does where it does not open. */
export function unwrapOaep(key: KeyObject, wrapped: Uint8Array, oaepHash: WrapHash): Buffer {
  return privateDecrypt({ key, padding, oaepHash }, wrapped);
}

/** Wraps a new AES key with OAEP, and the payload with that key (PKCS #11, CKM_RSA_AES_KEY_WRAP). */
export function wrapRsaAes(key: KeyObject, payload: Uint8Array, hash: WrapHash): Buffer {
  const transport = randomBytes(transportKeyLength);
  return Buffer.concat([wrapOaep(key, transport, hash), wrapPadded(transport, payload)]);
}

/** Opens what {@link wrapRsaAes} made; its AES key may have any size. Throws where it does not open. */
export function unwrapRsaAes(key: KeyObject, wrapped: Uint8Array, hash: WrapHash): Buffer {
  const length = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  const transport = unwrapOaep(key, wrapped.subarray(0, length), hash);
  return unwrapPadded(transport, wrapped.subarray(length));
}
