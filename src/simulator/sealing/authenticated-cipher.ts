import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Bytes of a key of AES-256. */
export const keyLength = 32;
const algorithm = "aes-256-gcm";
const ivLength = 12;
const tagLength = 16;

/**
 * Encrypts with AES-256-GCM (NIST SP 800-38D) under a fresh random IV. Gives IV, ciphertext and tag.
 *
 * @param address what is authenticated beside the content: what was sealed for another address does not open
 */
export function seal(key: Buffer, address: Buffer, content: Buffer): Buffer {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(algorithm, key, iv).setAAD(address);
  return Buffer.concat([iv, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

/** Gives what {@link seal} sealed for this address. Throws an Error for anything else. */
export function unseal(key: Buffer, address: Buffer, sealed: Buffer): Buffer {
  if (sealed.length < ivLength + tagLength) throw new Error("shorter than an IV and a tag");
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, ivLength), { authTagLength: tagLength })
    .setAAD(address)
    .setAuthTag(sealed.subarray(-tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(ivLength, -tagLength)), decipher.final()]);
}
