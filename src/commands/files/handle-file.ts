import { createPrivateKey } from "node:crypto";
import { type DerElement, derElement, derElements, derInteger, derTags } from "./der.ts";

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
    return pem("RSA PRIVATE KEY", derElement(derTags.sequence, zero, ...numbers, ...Array<Buffer>(5).fill(zero)));
  }
  const curve = curves.get(half.curveNumber);
  if (curve === undefined) return undefined;
  const padded = Buffer.concat([Buffer.alloc(curve.length - number.length), number]);
  return pem(
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

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

/** What a file is, of which somebody asks whether it has a private key or a handle. */
export type FiledKey =
  { readonly kind: "handle"; readonly handle: number } | { readonly kind: "real" } | { readonly kind: "none" };

const blocks = /-----BEGIN ((?:(?:RSA|EC|DSA|ENCRYPTED) )?PRIVATE KEY)-----([^-]*)-----END \1-----/;

/** Reads the first private key of a file in PEM; what stands around it does not matter. */
export function readFiledKey(text: string): FiledKey {
  const [block, label = "", base64 = ""] = blocks.exec(text) ?? [];
  if (block === undefined) return { kind: "none" };
  if (label === "ENCRYPTED PRIVATE KEY" || base64.includes("ENCRYPTED")) return { kind: "real" };
  const handle = handleOf(label, Buffer.from(base64, "base64"));
  if (handle !== undefined) return { kind: "handle", handle };
  try {
    createPrivateKey(block);
    return { kind: "real" };
  } catch {
    return { kind: "none" };
  }
}

function handleOf(label: string, bytes: Buffer): number | undefined {
  const [whole] = derElements(bytes) ?? [];
  const elements = whole?.tag === derTags.sequence ? derElements(whole.content) : undefined;
  if (elements === undefined) return undefined;
  const [, second, , fourth, ...others] = elements;
  switch (label) {
    case "RSA PRIVATE KEY":
      return others.length === 5 && others.every(isZero) ? smallNumber(fourth) : undefined;
    case "EC PRIVATE KEY":
      return smallNumber(second);
    default:
      return undefined;
  }
}

function isZero({ content }: DerElement): boolean {
  return content.every((byte) => byte === 0);
}

/** A number of at most four bytes, as handles are and no private number is. */
function smallNumber(element: DerElement | undefined): number | undefined {
  const digits = element?.content.toString("hex").replace(/^(?:00)+/, "");
  return digits === undefined || digits.length > 8 ? undefined : Number(`0x0${digits}`);
}
