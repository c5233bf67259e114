import { type KeyFlag, keyClasses, keyFlags, keyTypes } from "../../hsm/key-type.ts";
import type { WrapMechanism, WrappedKind } from "../../hsm/key-wrapping.ts";
import { isLabel } from "../../hsm/limits.ts";
import { HsmError } from "../../hsm/return-code.ts";

/** What the header of a wrapped key says of it. The original's layout is not published: this one is ours. */
export interface KeyHeader extends WrappedKind {
  readonly mechanism: WrapMechanism;
  readonly label: string;
  readonly id: string;
  readonly flags: Readonly<Partial<Record<KeyFlag, boolean>>>;
}

const magic = Buffer.from("SIMKEY01", "latin1");
const longest = 4096;

/** Writes a header: a mark of eight bytes, the length of what follows in two, and that as JSON. */
export function writeHeader(header: KeyHeader): Buffer {
  const content = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(2);
  length.writeUInt16BE(content.length);
  return Buffer.concat([magic, length, content]);
}

/** What {@link writeHeader} wrote before a wrapped key. */
export interface ReadHeader {
  readonly header: KeyHeader;
  /** The header, as it was written. */
  readonly written: Buffer;
  readonly rest: Buffer;
}

/** Reads a header. Throws {@link HsmError} WRAPPED_HEADER_MISSING where there is none that this HSM knows. */
export function readHeader(bytes: Buffer): ReadHeader {
  const start = magic.length + 2;
  if (bytes.length < start || !bytes.subarray(0, magic.length).equals(magic)) {
    throw new HsmError("WRAPPED_HEADER_MISSING");
  }
  const end = start + bytes.readUInt16BE(magic.length);
  const header = end - start > longest ? undefined : parsed(bytes.subarray(start, end).toString());
  if (!isHeader(header)) throw new HsmError("WRAPPED_HEADER_MISSING");
  return { header, written: bytes.subarray(0, end), rest: bytes.subarray(end) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new HsmError("WRAPPED_HEADER_MISSING", { cause: error });
  }
}

/** A header comes from outside, and nothing proves that an HSM wrote it. */
function isHeader(value: unknown): value is KeyHeader {
  if (typeof value !== "object" || value === null) return false;
  const { class: keyClass, type, mechanism, label, id, flags } = value as Readonly<Record<string, unknown>>;
  return (
    typeof keyClass === "string" &&
    keyClass !== "public" &&
    Object.hasOwn(keyClasses, keyClass) &&
    typeof type === "string" &&
    Object.hasOwn(keyTypes, type) &&
    typeof mechanism === "string" &&
    typeof label === "string" &&
    isLabel(label) &&
    typeof id === "string" &&
    isLabel(id) &&
    isFlags(flags)
  );
}

function isFlags(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).every(
    ([name, flag]) => (keyFlags as readonly string[]).includes(name) && typeof flag === "boolean",
  );
}
