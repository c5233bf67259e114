import type { KeyAttribute } from "../../hsm/key-attribute.ts";
import { keyFlags } from "../../hsm/key-type.ts";
import type { ComparableKey } from "../../simulator/comparable-reader.ts";
import { isSameKey } from "../../simulator/keys/key-replacement.ts";
import type { ImaginedHsm } from "./imagined-hsm.ts";

/** A key on an HSM. */
export interface KeyHolder {
  readonly on: ImaginedHsm;
  readonly key: ComparableKey;
}

/** Whether two HSMs have the same key under a handle, whatever else they say of it. */
export function isSameMaterial(one: ComparableKey, other: ComparableKey): boolean {
  return one.material === other.material && isSameKey(one, other);
}

/** Whether two HSMs have a key in the same state: of the same users, who have the same names there, and with the same attributes. */
export function isInStep(one: KeyHolder, other: KeyHolder): boolean {
  if (!isAlike(one.key, other.key)) return false;
  const { owner, sharedWith } = one.key.access;
  const hasSameName = (id: number): boolean => isSameName(one.on.user(id)?.name, other.on.user(id)?.name);
  return hasSameName(owner) && sharedWith.every(hasSameName);
}

/** By each key, the one that it was found to be like: a plan compares thousands with the same ones again and again. */
const alike = new WeakMap<ComparableKey, ComparableKey>();

function isAlike(one: ComparableKey, other: ComparableKey): boolean {
  if (alike.get(other) === one) return true;
  const [{ access, record }, { access: otherAccess, record: otherRecord }] = [one, other];
  const found =
    isSameMaterial(one, other) &&
    access.owner === otherAccess.owner &&
    access.mValue === otherAccess.mValue &&
    access.sharedWith.length === otherAccess.sharedWith.length &&
    access.sharedWith.every((id, at) => id === otherAccess.sharedWith[at]) &&
    keyFlags.every((flag) => record.flags[flag] === otherRecord.flags[flag]) &&
    parts.every((part) => record[part] === otherRecord[part]);
  if (found) alike.set(other, one);
  return found;
}

const parts = ["label", "id", "wrapTemplate", "unwrapTemplate", "modulus", "publicExponent", "valueLength"] as const;

/** Without regard to case; where one HSM has no such user, neither has the other. */
function isSameName(one: string | undefined, other: string | undefined): boolean {
  return one === other || (one !== undefined && one.toLowerCase() === other?.toLowerCase());
}

/** How a user of a key is shown: `3 (alice)`. */
export function shownUser(on: ImaginedHsm, id: number): string {
  return `${String(id)} (${on.user(id)?.name ?? "nobody"})`;
}

/** How the value of an attribute is shown. */
export function shownValue(attribute: KeyAttribute | undefined): string | number | null {
  if (attribute === undefined) return null;
  const { value } = attribute;
  switch (value.kind) {
    case "number":
      return value.number;
    case "text":
      return value.text;
    case "bytes":
    case "point":
      return value.hex;
  }
}
