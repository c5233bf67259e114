import { type Limits, isUserName } from "../../hsm/limits.ts";
import { type UserRecord, users } from "../records/records.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { type PasswordHash, costOf } from "../sealing/password-hash.ts";
import { userSwitches, userTypes } from "../../hsm/user.ts";

/** What a masked user object holds. */
export interface MaskedUser {
  readonly record: UserRecord;
  readonly password: PasswordHash;
  /** For undoing a deletion: the keys that were shared with the user. */
  readonly sharedKeys: readonly number[];
}

/**
 * Reads the content of a masked user: that an HSM sealed it does not make it one that this HSM understands. Throws
 * {@link HsmError} MASKED_OBJECT_DAMAGED for any other shape.
 */
export function readMaskedUser(content: string, limits: Limits): MaskedUser {
  try {
    const { record, password, sharedKeys } = JSON.parse(content) as Readonly<Record<string, unknown>>;
    if (
      isUserRecord(record, limits) &&
      typeof password === "string" &&
      isHandles(sharedKeys) &&
      costOf(password) >= 0
    ) {
      return { record, password, sharedKeys };
    }
  } catch (error) {
    throw new HsmError("MASKED_OBJECT_DAMAGED", { cause: error });
  }
  throw new HsmError("MASKED_OBJECT_DAMAGED");
}

function isUserRecord(value: unknown, limits: Limits): value is UserRecord {
  if (!users.accepts(value)) return false;
  const { type, name, loginFailures, publicKey, twoFactor, keptFrom = [] } = value;
  return (
    userTypes.includes(type) &&
    isUserName(name, limits) &&
    Number.isInteger(loginFailures) &&
    loginFailures >= 0 &&
    ["undefined", "string"].includes(typeof publicKey) &&
    ["undefined", "boolean"].includes(typeof twoFactor) &&
    Array.isArray(keptFrom) &&
    keptFrom.every((each: unknown) => userSwitches.some((known) => known === each))
  );
}

function isHandles(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((handle) => Number.isInteger(handle));
}
