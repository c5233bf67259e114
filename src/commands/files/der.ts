/** The tags of DER that a private key is written with. */
export const derTags = {
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  sequence: 0x30,
  first: 0xa0,
  second: 0xa1,
} as const;

/** One element: its tag, its length and its content. */
export function derElement(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 0x80) return Buffer.concat([Buffer.of(tag, content.length), content]);
  const digits = content.length.toString(16);
  const length = Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex");
  return Buffer.concat([Buffer.of(tag, 0x80 + length.length), length, content]);
}

/** A whole number that is not negative, big-endian. */
export function derInteger(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first === -1 ? Buffer.of(0) : Buffer.from(bytes.subarray(first));
  // A zero before it keeps it from being negative.
  return derElement(derTags.integer, (digits[0] ?? 0) >= 0x80 ? Buffer.of(0) : Buffer.alloc(0), digits);
}

/** An element that was read. */
export interface DerElement {
  readonly tag: number;
  readonly content: Buffer;
}

/** The elements that follow each other in bytes; undefined where these are no DER. */
export function derElements(bytes: Buffer): readonly DerElement[] | undefined {
  const { elements, length } = leadingElements(bytes);
  return length === bytes.length ? elements : undefined;
}

/** The elements at the beginning of bytes, as far as these are DER, and how many bytes they take. */
export function leadingElements(bytes: Buffer): { readonly elements: readonly DerElement[]; readonly length: number } {
  const elements: DerElement[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const first = bytes.readUInt8(at + 1);
    const more = first < 0x80 ? 0 : first & 0x7f;
    const start = at + 2 + more;
    if (more > 4 || start > bytes.length || first === 0x80) break;
    const end = start + (more === 0 ? first : bytes.readUIntBE(at + 2, more));
    if (end > bytes.length) break;
    elements.push({ tag: bytes.readUInt8(at), content: bytes.subarray(start, end) });
    at = end;
  }
  return { elements, length: at };
}
