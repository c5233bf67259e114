import { ECDH, type KeyObject } from "node:crypto";

/** The first byte of a point in which both coordinates are written. */
const whole = 0x04;

/**
 * A public key in SubjectPublicKeyInfo (DER), of EC always with its whole point: equal keys are equal bytes, and have one
 * check value.
 */
export function withWholePoint(publicKey: KeyObject): Buffer {
  const written = publicKey.export({ type: "spki", format: "der" });
  if (publicKey.asymmetricKeyType !== "ec") return written;
  const algorithm = elementAt(written, contentAt(written, 0));
  const bits = elementAt(written, contentAt(written, 0) + algorithm.length);
  const point = bits.subarray(contentAt(bits, 0) + 1);
  if (point[0] === whole) return written;
  const { namedCurve = "" } = publicKey.asymmetricKeyDetails ?? {};
  const uncompressed = ECDH.convertKey(point, namedCurve, undefined, undefined, "uncompressed") as Buffer;
  return element(0x30, Buffer.concat([algorithm, element(0x03, Buffer.concat([Buffer.alloc(1), uncompressed]))]));
}

/** A DER element, of less than 256 bytes. */
function element(tag: number, content: Buffer): Buffer {
  const length = content.length < 0x80 ? [content.length] : [0x81, content.length];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

/** Where the content of the DER element at `at` begins. */
function contentAt(bytes: Buffer, at: number): number {
  const first = bytes.readUInt8(at + 1);
  return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
}

/** The DER element at `at`, whole. */
function elementAt(bytes: Buffer, at: number): Buffer {
  const start = contentAt(bytes, at);
  const first = bytes.readUInt8(at + 1);
  const length = first < 0x80 ? first : bytes.readUIntBE(at + 2, first & 0x7f);
  return bytes.subarray(at, start + length);
}
