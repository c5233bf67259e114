import { ECDH, type KeyObject } from "node:crypto";
import { element, elementAt } from "./der.ts";

/** The first byte of a point in which both coordinates are written. */
const whole = 0x04;

/**
 * A public key in SubjectPublicKeyInfo (DER), of EC always with its whole point: equal keys are equal bytes, and have one
 * check value.
 */
export function withWholePoint(publicKey: KeyObject): Buffer {
  const written = publicKey.export({ type: "spki", format: "der" });
  if (publicKey.asymmetricKeyType !== "ec") return written;
  const algorithm = elementAt(written, 0).start;
  const bits = elementAt(written, algorithm).end;
  const { start, end } = elementAt(written, bits);
  // How many bits of the last byte do not count: none.
  const point = written.subarray(start + 1, end);
  if (point[0] === whole) return written;
  const { namedCurve = "" } = publicKey.asymmetricKeyDetails ?? {};
  const uncompressed = ECDH.convertKey(point, namedCurve, undefined, undefined, "uncompressed") as Buffer;
  return element(
    0x30,
    Buffer.concat([written.subarray(algorithm, bits), element(0x03, Buffer.concat([Buffer.alloc(1), uncompressed]))]),
  );
}
