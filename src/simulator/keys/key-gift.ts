import type { Snapshot } from "../../store/store.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { type KeyAccessRecord, users } from "../records/records.ts";
import type { FoundKey } from "../records/key-records.ts";

/**
 * Who may use a key once it is another user's. Throws {@link HsmError} USER_NOT_FOUND for who is not there, and
 * INVALID_INPUT for who can own no key or owns it already, and for a check value that is missing or not the key's.
 */
export async function givenTo(
  snapshot: Snapshot,
  { access, record }: FoundKey,
  userId: number,
  kcv: string | undefined,
): Promise<KeyAccessRecord> {
  const user = await users.get(snapshot, userId);
  if (user === undefined) throw new HsmError("USER_NOT_FOUND");
  if (user.type !== "CU" || userId === access.owner) throw new HsmError("INVALID_INPUT");
  const isKnown = kcv === undefined ? record.shape.type === "GENERIC" : kcv.toLowerCase() === access.kcv.toLowerCase();
  if (!isKnown) throw new HsmError("INVALID_INPUT");
  return { ...access, owner: userId, sharedWith: access.sharedWith.filter((id) => id !== userId) };
}
