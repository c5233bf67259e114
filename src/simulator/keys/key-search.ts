import type { KeyCriteria } from "../../hsm/key-making.ts";
import type { Snapshot } from "../../store/store.ts";
import type { FoundKey } from "../records/key-records.ts";
import { type KeyAccessRecord, keyAccess, keys } from "../records/records.ts";
import { relationTo } from "./key-access.ts";

/** The handles of the keys that a user can use and that meet all criteria: token keys, then those of the session. */
export async function searchKeys(
  snapshot: Snapshot,
  ofSession: readonly FoundKey[],
  userId: number,
  criteria: KeyCriteria,
): Promise<readonly number[]> {
  const all: FoundKey[] = [];
  if (criteria.session !== true) {
    const access = new Map(await keyAccess.list(snapshot));
    for (const [handle, record] of await keys.list(snapshot)) {
      const found = access.get(handle);
      if (found !== undefined) all.push({ handle, record, access: found });
    }
  }
  if (criteria.session !== false) all.push(...ofSession);
  return all.filter((key) => canUse(key.access, userId) && meets(key, criteria)).map(({ handle }) => handle);
}

function canUse(access: KeyAccessRecord, userId: number): boolean {
  return relationTo(access, userId) !== "stranger";
}

function meets({ record, access }: FoundKey, criteria: KeyCriteria): boolean {
  const { users = [], modulus, kcv } = criteria;
  return (
    (criteria.class ?? record.class) === record.class &&
    (criteria.type ?? record.shape.type) === record.shape.type &&
    (criteria.label ?? record.label) === record.label &&
    (criteria.id ?? record.id) === record.id &&
    (modulus === undefined || modulus.toLowerCase() === record.modulus) &&
    (kcv === undefined || kcv.toLowerCase() === record.kcv) &&
    users.every((user) => canUse(access, user))
  );
}
