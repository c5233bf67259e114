import type { Snapshot } from "../../store/store.ts";
import { isAccessOf, isKeyRecord } from "../records/key-record-check.ts";
import type { FoundKey, KeyBytes } from "../records/key-records.ts";
import type { MaskedObject } from "../../hsm/masked-object.ts";
import type { MaskingKey } from "../sealing/masking-key.ts";
import { type KeyAccessRecord, type KeyRecord, users } from "../records/records.ts";
import { HsmError } from "../../hsm/return-code.ts";

/** The users that a key belongs to or is shared with, by id, with their names on the HSM that it comes from. */
type Holders = Readonly<Record<number, string>>;

/** What a masked key object holds. */
interface MaskedKeyContent {
  readonly record: KeyRecord;
  readonly access: KeyAccessRecord;
  readonly holders: Holders;
  readonly material: string;
}

/** A key that came out of a masked object. */
export interface ArrivingKey {
  readonly key: FoundKey;
  readonly bytes: KeyBytes;
  readonly holders: Holders;
}

/** Seals a token key with its material. */
export async function sealKey(
  snapshot: Snapshot,
  { key, bytes }: { readonly key: FoundKey; readonly bytes: KeyBytes },
  maskingKey: MaskingKey,
  source: string,
): Promise<MaskedObject> {
  const { record, access, handle } = key;
  const holders: Record<number, string> = {};
  for (const id of [access.owner, ...access.sharedWith]) {
    const user = await users.get(snapshot, id);
    if (user === undefined) throw new HsmError("STORAGE_FAILURE");
    holders[id] = user.name;
  }
  const content: MaskedKeyContent = { record, access, holders, material: bytes.toString("base64") };
  return maskingKey.seal({ kind: "key", source, objectId: handle }, JSON.stringify(content));
}

/**
 * Opens a masked key. Throws {@link HsmError} as {@link MaskingKey.open} does, and MASKED_OBJECT_DAMAGED for a content of
 * another shape: that an HSM sealed it does not make it one that this HSM understands.
 */
export function openKey(masked: MaskedObject, maskingKey: MaskingKey): ArrivingKey {
  const { header, content } = maskingKey.open("key", masked);
  const { record, access, holders, material } = readContent(content);
  return { key: { handle: header.objectId, record, access }, bytes: Buffer.from(material, "base64"), holders };
}

function readContent(content: string): MaskedKeyContent {
  try {
    const { record, access, holders, material } = JSON.parse(content) as Readonly<Record<string, unknown>>;
    if (isKeyRecord(record) && isAccessOf(record, access) && isHolders(access, holders) && isMaterial(material)) {
      return { record, access, holders, material };
    }
  } catch (error) {
    throw new HsmError("MASKED_OBJECT_DAMAGED", { cause: error });
  }
  throw new HsmError("MASKED_OBJECT_DAMAGED");
}

/** Exactly the owner and those that it is shared with have their names there. */
function isHolders({ owner, sharedWith }: KeyAccessRecord, value: unknown): value is Holders {
  if (typeof value !== "object" || value === null) return false;
  const named = Object.entries(value);
  const ids = new Set([owner, ...sharedWith].map(String));
  return named.length === ids.size && named.every(([id, name]) => ids.has(id) && typeof name === "string");
}

function isMaterial(value: unknown): value is string {
  return typeof value === "string" && value !== "" && Buffer.from(value, "base64").toString("base64") === value;
}

/**
 * Throws {@link HsmError} KEY_OWNER_MISSING unless all users of a key are crypto users of this HSM too: with another
 * name or type, or given to nobody yet, the id would hand the key to somebody else.
 */
export async function requireHolders(snapshot: Snapshot, holders: Holders): Promise<void> {
  for (const [id, name] of Object.entries(holders)) {
    const user = await users.get(snapshot, Number(id));
    if (user?.type !== "CU" || user.name.toLowerCase() !== name.toLowerCase()) throw new HsmError("KEY_OWNER_MISSING");
  }
}
