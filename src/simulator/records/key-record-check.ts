import { isLabel } from "../../hsm/limits.ts";
import { type KeyAccessRecord, type KeyRecord, keyAccess, keys } from "./records.ts";
import { isKeyShape, isPair, keyClasses, keyFlags } from "../../hsm/key-type.ts";

/** Whether a value that comes from outside is the record of a token key, whole and possible. */
export function isKeyRecord(value: unknown): value is KeyRecord {
  if (!keys.accepts(value)) return false;
  const { class: keyClass, shape, token, label, id, flags, kcv } = value;
  return (
    Object.hasOwn(keyClasses, keyClass) &&
    isKeyShape(shape) &&
    (keyClass === "secret") !== isPair(shape) &&
    token &&
    isLabel(label) &&
    isLabel(id) &&
    keyFlags.every((flag) => typeof flags[flag] === "boolean") &&
    hasNumbers(value) &&
    isKcv(kcv)
  );
}

/** Whether a value that comes from outside says who may use that key. */
export function isAccessOf(record: KeyRecord, value: unknown): value is KeyAccessRecord {
  if (!keyAccess.accepts(value)) return false;
  const { owner, sharedWith, public: isPublic, mValue, kcv } = value;
  return (
    Number.isInteger(owner) &&
    Array.isArray(sharedWith) &&
    sharedWith.every((id) => Number.isInteger(id)) &&
    isPublic === (record.class === "public") &&
    Number.isInteger(mValue) &&
    mValue >= 1 &&
    kcv === record.kcv
  );
}

/** What only keys of pairs have is of its type, where it is there. */
function hasNumbers({ wrapTemplate, unwrapTemplate, modulus, publicExponent, valueLength }: KeyRecord): boolean {
  return (
    Number.isInteger(wrapTemplate) &&
    Number.isInteger(unwrapTemplate) &&
    [modulus, publicExponent].every((hex) => hex === undefined || /^(?:[0-9a-f]{2})+$/.test(hex)) &&
    (valueLength === undefined || Number.isInteger(valueLength))
  );
}

function isKcv(text: string): boolean {
  return /^[0-9a-f]{6}$/.test(text);
}
