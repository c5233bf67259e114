/** An element of DER (X.690), by where its parts stand in the bytes around it. */
export interface DerElement {
  /** Where its content begins. */
  readonly start: number;
  /** Where its content ends, and the next element begins. */
  readonly end: number;
}

/** The DER element at `at`, of bytes that are known to be well formed. */
export function elementAt(bytes: Buffer, at: number): DerElement {
  const first = bytes.readUInt8(at + 1);
  const more = first < 0x80 ? 0 : first & 0x7f;
  const start = at + 2 + more;
  return { start, end: start + (more === 0 ? first : bytes.readUIntBE(at + 2, more)) };
}

/** Writes a DER element, of less than 256 bytes. */
export function element(tag: number, content: Buffer): Buffer {
  const length = content.length < 0x80 ? [content.length] : [0x81, content.length];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
