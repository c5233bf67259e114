import { type CipherGCMTypes, createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Bytes of an IV. */
export const ivLength = 12;

/** What GCM takes besides key and IV. */
export interface GcmTerms {
  readonly additional: Uint8Array;
  readonly tagLength: number;
}

/** Wraps with GCM under an IV that is drawn: the ciphertext with its tag behind it. */
export function wrapGcm(
  key: Uint8Array,
  payload: Uint8Array,
  { additional, tagLength: authTagLength }: GcmTerms,
): { readonly iv: Buffer; readonly sealed: Buffer } {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(cipherOf(key), key, iv, { authTagLength }).setAAD(additional);
  return { iv, sealed: Buffer.concat([cipher.update(payload), cipher.final(), cipher.getAuthTag()]) };
}

/** Opens what {@link wrapGcm} made. Throws where the tag is wrong, or an IV or tag has another length. */
export function unwrapGcm(
  key: Uint8Array,
  { iv, sealed }: { readonly iv: Uint8Array; readonly sealed: Uint8Array },
  { additional, tagLength: authTagLength }: GcmTerms,
): Buffer {
  if (iv.length !== ivLength || sealed.length < authTagLength) throw new RangeError("an IV or a tag is missing");
  const end = sealed.length - authTagLength;
  const decipher = createDecipheriv(cipherOf(key), key, iv, { authTagLength });
  decipher.setAAD(additional).setAuthTag(sealed.subarray(end));
  return Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()]);
}

function cipherOf(key: Uint8Array): CipherGCMTypes {
  return `aes-${String(key.length * 8)}-gcm` as CipherGCMTypes;
}
