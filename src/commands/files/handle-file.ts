import { derElement, derInteger, derTags } from "./der.ts";
import { pemOf } from "./pem.ts";

/** The public half of a private key in an HSM: all numbers big-endian. */
export type PublicHalf =
  | { readonly type: "RSA"; readonly modulus: Buffer; readonly publicExponent: Buffer }
  | { readonly type: "EC"; readonly curveNumber: number; readonly point: Buffer };

/** The curves by OpenSSL's numbers: their object identifiers (RFC 5480, SEC 2), and the bytes of a private number. */
const curves: ReadonlyMap<number, { readonly oid: string; readonly length: number }> = new Map([
  [415, { oid: "2a8648ce3d030107", length: 32 }],
  [713, { oid: "2b81040021", length: 28 }],
  [714, { oid: "2b8104000a", length: 32 }],
  [715, { oid: "2b81040022", length: 48 }],
  [716, { oid: "2b81040023", length: 66 }],
]);

/**
 * A private key in PEM with the handle of a key in the place of its private number, and a true public half: what software
 * reads as a key file whose key is in an HSM. It has no primes. Undefined for a curve that is not known.
 */
export function handleFile(handle: number, half: PublicHalf): string | undefined {
  const number = Buffer.alloc(4);
  number.writeUInt32BE(handle);
  if (half.type === "RSA") {
    const zero = derInteger(Buffer.of(0));
    const numbers = [half.modulus, half.publicExponent, number].map(derInteger);
    return pemOf("RSA PRIVATE KEY", derElement(derTags.sequence, zero, ...numbers, ...Array<Buffer>(5).fill(zero)));
  }
  const curve = curves.get(half.curveNumber);
  if (curve === undefined) return undefined;
  const padded = Buffer.concat([Buffer.alloc(curve.length - number.length), number]);
  return pemOf(
    "EC PRIVATE KEY",
    derElement(
      derTags.sequence,
      derInteger(Buffer.of(1)),
      derElement(derTags.octets, padded),
      derElement(derTags.first, derElement(derTags.oid, Buffer.from(curve.oid, "hex"))),
      derElement(derTags.second, derElement(derTags.bits, Buffer.of(0), half.point)),
    ),
  );
}
