import type { FoundKey } from "../records/key-records.ts";
import { type KeyFlag, isSameShape } from "../../hsm/key-type.ts";
import type { KeyAccessRecord } from "../records/records.ts";
import type { UserType } from "../../hsm/user.ts";

/** Flags that no request takes back: a key that has one here, or where it comes from, has it afterwards. */
const lasting = ["sensitive", "alwaysSensitive", "neverExtractable", "wrapWithTrusted"] as const satisfies KeyFlag[];

/** Flags that no request gives: a key has them afterwards where it has them on both HSMs. */
const neverGiven = ["extractable", "local"] as const satisfies KeyFlag[];

/**
 * The key that is kept where `arriving` replaces `present`: the arriving one, but no copy loosens what no request could.
 *
 * | what                                                             | a CU, its owner         | a CO, PCO  |
 * | ---------------------------------------------------------------- | ----------------------- | ---------- |
 * | sensitive, alwaysSensitive, neverExtractable, wrapWithTrusted    | 1 if either has it      | the same   |
 * | extractable, local                                               | 0 if either lacks it    | the same   |
 * | mValue                                                           | the greater             | the same   |
 * | trusted                                                          | the present one         | arriving   |
 * | shares of a key whose use others must approve of (mValue over 1) | the present ones        | arriving   |
 * | owner, other shares, label, all other flags, templates           | arriving                | arriving   |
 *
 * An officer may set TRUSTED, and repairs owners and shares; the rest is in nobody's power, so that not even an
 * officer's copy undoes it: the stricter HSM is the one to copy from.
 */
export function replaced(present: FoundKey, arriving: FoundKey, by: UserType): FoundKey {
  const [here, there] = [present.record.flags, arriving.record.flags];
  const flags = {
    ...there,
    ...Object.fromEntries(lasting.map((flag) => [flag, here[flag] || there[flag]])),
    ...Object.fromEntries(neverGiven.map((flag) => [flag, here[flag] && there[flag]])),
    ...(isOfficer(by) ? {} : { trusted: here.trusted }),
  };
  return {
    handle: arriving.handle,
    record: { ...arriving.record, flags },
    access: replacedAccess(present.access, arriving.access, by),
  };
}

/** Whether a copy of one may replace the other: the same kind of key with the same check value. */
export function isSameKey(one: FoundKey, other: FoundKey): boolean {
  return (
    one.record.class === other.record.class &&
    isSameShape(one.record.shape, other.record.shape) &&
    one.access.kcv === other.access.kcv
  );
}

function replacedAccess(present: KeyAccessRecord, arriving: KeyAccessRecord, by: UserType): KeyAccessRecord {
  const keepsShares = present.mValue > 1 && !isOfficer(by);
  return {
    ...arriving,
    sharedWith: keepsShares ? present.sharedWith : arriving.sharedWith,
    mValue: Math.max(present.mValue, arriving.mValue),
  };
}

function isOfficer(type: UserType): boolean {
  return type === "CO" || type === "PCO";
}
