import type { InitialKey } from "../../hsm/initial-key.ts";
import type { KeyFlag } from "../../hsm/key-type.ts";
import type { WrapMethod, WrappedKey, WrappedKind } from "../../hsm/key-wrapping.ts";
import { HsmError } from "../../hsm/return-code.ts";
import type { KeyRecord } from "../records/records.ts";
import { type KeyHeader, readHeader, writeHeader } from "../wrapping/key-header.ts";
import { wrapPayload } from "../wrapping/wrap-payload.ts";

/** What a key stays made for on its way. Nobody but an officer makes it trusted; the rest is as it arrives. */
const carried = [
  ...["encrypt", "decrypt", "wrap", "unwrap", "sign", "verify", "derive", "destroyable", "wrapWithTrusted"],
] as readonly KeyFlag[];

/** A wrapped key, and what its header says of it. */
export interface OpenedHeader extends Pick<WrapMethod, "additional"> {
  readonly kind: WrappedKind;
  readonly label: string;
  readonly id: string;
  readonly flags: InitialKey["flags"];
  readonly wrapped: WrappedKey;
}

/** A wrapped key with its header before it. GCM authenticates the header, too; the other mechanisms cannot. */
export function headerOf(record: KeyRecord, method: WrapMethod, key: Buffer, payload: Buffer): WrappedKey {
  const { class: keyClass, shape, label, id } = record;
  if (keyClass === "public") throw new HsmError("KEY_UNSUITABLE");
  const flags = Object.fromEntries(carried.map((flag) => [flag, record.flags[flag]]));
  const header = writeHeader({ class: keyClass, type: shape.type, mechanism: method.mechanism, label, id, flags });
  const { bytes, iv = new Uint8Array() } = wrapPayload(authenticating(header, method), key, payload);
  return { bytes: Buffer.concat([header, iv, bytes]) };
}

/**
 * Reads the header of a wrapped key. Throws {@link HsmError} WRAPPED_HEADER_MISSING, and WRAPPED_DATA_INVALID for a key that
 * another mechanism wrapped.
 */
export function openHeader({ bytes }: WrappedKey, method: WrapMethod): OpenedHeader {
  const { header, written, rest } = readHeader(Buffer.from(bytes));
  const { class: keyClass, type, mechanism, label, id } = header;
  if (mechanism !== method.mechanism) throw new HsmError("WRAPPED_DATA_INVALID");
  const ivEnd = mechanism === "AES_GCM" ? 12 : 0;
  const wrapped = { bytes: rest.subarray(ivEnd), iv: rest.subarray(0, ivEnd) };
  const { additional } = authenticating(written, method);
  return {
    kind: { class: keyClass, type },
    label,
    id,
    flags: flagsOf(header),
    wrapped,
    ...(additional === undefined ? {} : { additional }),
  };
}

function authenticating(header: Buffer, method: WrapMethod): WrapMethod {
  return { ...method, additional: Buffer.concat([header, method.additional ?? new Uint8Array()]) };
}

function flagsOf({ flags }: KeyHeader): InitialKey["flags"] {
  return Object.fromEntries(Object.entries(flags).filter(([name]) => (carried as readonly string[]).includes(name)));
}
