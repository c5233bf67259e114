import type { Snapshot } from "../../store/store.ts";
import type { FoundKey, KeyBytes } from "./key-records.ts";
import type { MaskedObject, MaskingKey } from "../masked-object.ts";
import { type KeyAccessRecord, type KeyRecord, users } from "../records.ts";
import { HsmError } from "../return-code.ts";

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

/** Opens a masked key. Throws {@link HsmError} as {@link MaskingKey.open} does. */
export function openKey(masked: MaskedObject, maskingKey: MaskingKey): ArrivingKey {
  const { header, content } = maskingKey.open("key", masked);
  const { record, access, holders, material } = JSON.parse(content) as MaskedKeyContent;
  return { key: { handle: header.objectId, record, access }, bytes: Buffer.from(material, "base64"), holders };
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
