import { createCipheriv, createDecipheriv, timingSafeEqual } from "node:crypto";

/** The word with which a wrapped key begins before it is wrapped (RFC 3394, 2.2.3.1). */
const initialValue = Buffer.alloc(8, 0xa6);

/** The same where zeros fill the key up (RFC 5649, 3): this, and the length of the key in four bytes. */
const paddedPrefix = Buffer.from("a65959a6", "hex");

const half = 8;
const rounds = 6;

/** Wraps with AES (RFC 3394): eight bytes longer. Throws RangeError for what is no multiple of 8 bytes, or empty. */
export function wrapBlocks(key: Uint8Array, plain: Uint8Array, initial: Uint8Array = initialValue): Buffer {
  requireBlocks(plain, half);
  const cipher = createCipheriv(`aes-${String(key.length * 8)}-ecb`, key, null).setAutoPadding(false);
  const wrapped = Buffer.concat([initial, plain]);
  const count = plain.length / half;
  for (let step = 0; step < rounds * count; step++) {
    const at = half * (1 + (step % count));
    const block = cipher.update(Buffer.concat([wrapped.subarray(0, half), wrapped.subarray(at, at + half)]));
    withCounter(block, step + 1).copy(wrapped, 0, 0, half);
    block.copy(wrapped, at, half);
  }
  return wrapped;
}

/** Opens what {@link wrapBlocks} made. Throws RangeError for another length, or where the key is another one. */
export function unwrapBlocks(key: Uint8Array, wrapped: Uint8Array): Buffer {
  const { initial, plain } = opened(key, wrapped);
  if (!timingSafeEqual(initial, initialValue)) throw new RangeError("the key did not wrap this");
  return plain;
}

/** Fills up as PKCS #5 does, by 1 to 8 bytes that say how many they are, then wraps. */
export function wrapPkcs5(key: Uint8Array, plain: Uint8Array): Buffer {
  const more = half - (plain.length % half);
  return wrapBlocks(key, Buffer.concat([plain, Buffer.alloc(more, more)]));
}

/** Opens what {@link wrapPkcs5} made. Throws RangeError also where nothing was filled up. */
export function unwrapPkcs5(key: Uint8Array, wrapped: Uint8Array): Buffer {
  const filled = unwrapBlocks(key, wrapped);
  const more = filled.at(-1) ?? 0;
  const isFilled = more >= 1 && more <= half && filled.subarray(-more).every((byte) => byte === more);
  if (!isFilled) throw new RangeError("what was wrapped is not filled up as PKCS #5 does");
  return filled.subarray(0, -more);
}

/** Fills up with zeros and wraps (RFC 5649, KWP), a key of any length. Throws RangeError for an empty one. */
export function wrapPadded(key: Uint8Array, plain: Uint8Array): Buffer {
  const zeros = (half - (plain.length % half)) % half;
  const initial = Buffer.concat([paddedPrefix, lengthOf(plain)]);
  const filled = Buffer.concat([plain, Buffer.alloc(zeros)]);
  requireBlocks(filled, half);
  if (filled.length > half) return wrapBlocks(key, filled, initial);
  const cipher = createCipheriv(`aes-${String(key.length * 8)}-ecb`, key, null).setAutoPadding(false);
  return cipher.update(Buffer.concat([initial, filled]));
}

/** Opens what {@link wrapPadded} made. Throws RangeError as {@link unwrapBlocks} does. */
export function unwrapPadded(key: Uint8Array, wrapped: Uint8Array): Buffer {
  const { initial, plain } = wrapped.length === 2 * half ? openedBlock(key, wrapped) : opened(key, wrapped);
  const length = initial.readUInt32BE(paddedPrefix.length);
  const zeros = plain.length - length;
  const isWhole = timingSafeEqual(initial.subarray(0, paddedPrefix.length), paddedPrefix) && zeros >= 0 && zeros < half;
  if (!isWhole || plain.subarray(length).some((byte) => byte !== 0)) throw new RangeError("the key did not wrap this");
  return plain.subarray(0, length);
}

interface Opened {
  readonly initial: Buffer;
  readonly plain: Buffer;
}

function opened(key: Uint8Array, wrapped: Uint8Array): Opened {
  requireBlocks(wrapped, 2 * half);
  const decipher = createDecipheriv(`aes-${String(key.length * 8)}-ecb`, key, null).setAutoPadding(false);
  const content = Buffer.from(wrapped);
  const count = content.length / half - 1;
  for (let step = rounds * count - 1; step >= 0; step--) {
    const at = half * (1 + (step % count));
    const begin = withCounter(content.subarray(0, half), step + 1);
    const block = decipher.update(Buffer.concat([begin, content.subarray(at, at + half)]));
    block.copy(content, 0, 0, half);
    block.copy(content, at, half);
  }
  return { initial: content.subarray(0, half), plain: content.subarray(half) };
}

/** What fits one block is encrypted once (RFC 5649, 4.1). */
function openedBlock(key: Uint8Array, wrapped: Uint8Array): Opened {
  const decipher = createDecipheriv(`aes-${String(key.length * 8)}-ecb`, key, null).setAutoPadding(false);
  const block = decipher.update(wrapped);
  return { initial: block.subarray(0, half), plain: block.subarray(half) };
}

/** The block with a counter added to its first half; below 2^32, as no input is so long. */
function withCounter(block: Buffer, counter: number): Buffer {
  const changed = Buffer.from(block);
  changed.writeUInt32BE((changed.readUInt32BE(4) ^ counter) >>> 0, 4);
  return changed;
}

function lengthOf(plain: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(plain.length);
  return length;
}

function requireBlocks({ length }: Uint8Array, minimum: number): void {
  if (length % half !== 0 || length < minimum) {
    throw new RangeError(`${String(length)} bytes are no multiple of 8, or fewer than ${String(minimum)}`);
  }
}
