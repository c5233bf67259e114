import { isLabel } from "../limits.ts";
import { type KeyAccessRecord, type KeyRecord, keyAccess, keys } from "../records.ts";
import { type KeyShape, curves, genericSecretSize, isPair, keyClasses, keyFlags, keySizes } from "./key-type.ts";

/** Whether a value that comes from outside is the record of a token key, whole and possible. */
export function isKeyRecord(value: unknown): value is KeyRecord {
  if (!keys.accepts(value)) return false;
  const { class: keyClass, shape, token, label, id, flags, kcv } = value;
  return (
    Object.hasOwn(keyClasses, keyClass) &&
    isShape(shape) &&
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

function isShape(shape: KeyShape): boolean {
  switch (shape.type) {
    case "EC":
      return Object.hasOwn(curves, shape.curve);
    case "GENERIC":
      return shape.size >= genericSecretSize.minimum && shape.size <= genericSecretSize.maximum && shape.size % 8 === 0;
    case "AES":
    case "3DES":
    case "RSA":
    case "DSA":
      return (keySizes[shape.type] as readonly number[]).includes(shape.size);
    default:
      return false;
  }
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
