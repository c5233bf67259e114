import type { AttributeValue, KeyAttribute } from "../../hsm/key-attribute.ts";
import { type KeyFlag, type KeyShape, curveNumbers, isPair, keyClasses, keyTypes } from "../../hsm/key-type.ts";
import { isLabel } from "../../hsm/limits.ts";
import type { KeyRecord } from "../records/records.ts";
import { HsmError } from "../../hsm/return-code.ts";

/** One attribute that keys can have: what it is on a key, undefined where it does not apply, and how it is set. */
interface AttributeRow {
  readonly id: number;
  readonly name: string;
  readonly value: (key: KeyRecord) => AttributeValue | undefined;
  /** Whether it stands among all attributes of a key that has it: where left out, always. */
  readonly isListed?: (key: KeyRecord) => boolean;
  readonly set?: (key: KeyRecord, word: string) => KeyRecord;
}

/** The attribute that only a crypto officer sets. */
export const trustedAttribute = 134;

/** What stands for all attributes. */
const allAttributes = 512;

const number = (value: number): AttributeValue => ({ kind: "number", number: value });
const text = (value: string): AttributeValue => ({ kind: "text", text: value });
const bytes = (hex: string | undefined): AttributeValue | undefined =>
  hex === undefined ? undefined : { kind: "bytes", hex };

function numeric(id: number, name: string, value: (key: KeyRecord) => number | undefined): AttributeRow {
  return {
    id,
    name,
    value: (key) => {
      const found = value(key);
      return found === undefined ? undefined : number(found);
    },
  };
}

function flag(id: number, name: string, key: KeyFlag): AttributeRow {
  return numeric(id, name, ({ flags }) => Number(flags[key]));
}

function settableFlag(id: number, name: string, flagName: KeyFlag): AttributeRow {
  return {
    ...flag(id, name, flagName),
    set: (key, word) => ({ ...key, flags: { ...key.flags, [flagName]: parseFlag(word) } }),
  };
}

/** A template that a wrapping key has: 0, and not among all attributes, where it has none. */
function template(id: number, name: string, member: "wrapTemplate" | "unwrapTemplate"): AttributeRow {
  return {
    ...numeric(id, name, (key) => key[member]),
    isListed: (key) => key[member] !== 0,
    set: (key, word) => ({ ...key, [member]: parseNumber(word) }),
  };
}

/** What hides nothing can always leave the HSM: 1 in the dump of a public key, whatever was asked for. */
const extractable = numeric(354, "OBJ_ATTR_EXTRACTABLE", (key) =>
  Number(key.class === "public" || key.flags.extractable),
);

/** Once a key may be wrapped by trusted keys only, it stays so (AWS CloudHSM User Guide, "cloudhsm_using_trusted_keys_control_key_wrap"). */
const wrapWithTrusted: AttributeRow = {
  ...flag(528, "OBJ_ATTR_WRAP_WITH_TRUSTED", "wrapWithTrusted"),
  set: (key, word) => {
    const wanted = parseFlag(word);
    if (key.class === "public" || (key.flags.wrapWithTrusted && !wanted)) throw new HsmError("INVALID_INPUT");
    return { ...key, flags: { ...key.flags, wrapWithTrusted: wanted } };
  },
};

/** Generic secrets, which are for HMAC, show none ("key-attribute-table": KCV for HMAC keys is not supported). */
const checkValue: AttributeRow = {
  id: 371,
  name: "OBJ_ATTR_KCV",
  value: (key) => (key.shape.type === "GENERIC" ? undefined : bytes(key.kcv)),
};

/**
 * All attributes, in the order in which listAttributes shows them (AWS CloudHSM User Guide, "key-attribute-table").
 *
 * Which keys have which is what the guide's dumps of all attributes show ("key_mgmt_util-genRSAKeyPair", -genECCKeyPair,
 * -genSymKey, -getAttribute):
 *
 * - RSA public, 26: all but the templates; EXTRACTABLE 1, SENSITIVE, NEVER_EXTRACTABLE, ALWAYS_SENSITIVE and
 *   WRAP_WITH_TRUSTED 0, VALUE_LEN 0x200 for 2048 bits.
 * - EC private, 19, before there were TRUSTED, DERIVE and later ones: VALUE_LEN (0x8a for P-256, its length in
 *   PKCS#8), MODULUS (the point, uncompressed) and MODULUS_BITS (0x19f, OpenSSL's number of the curve), no
 *   PUBLIC_EXPONENT.
 * - AES and 3DES, 17, of the same time: VALUE_LEN and KCV, no MODULUS and what follows it.
 *
 * No dump of RSA private, EC public and DSA keys is published. They have what the other half of their pair has, or an
 * EC key: DSA's MODULUS is its prime, and it has no PUBLIC_EXPONENT.
 */
const rows: readonly AttributeRow[] = [
  numeric(0, "OBJ_ATTR_CLASS", (key) => keyClasses[key.class]),
  numeric(1, "OBJ_ATTR_TOKEN", (key) => Number(key.token)),
  numeric(2, "OBJ_ATTR_PRIVATE", () => 1),
  {
    id: 3,
    name: "OBJ_ATTR_LABEL",
    value: (key) => text(key.label),
    set: (key, word) => ({ ...key, label: parseLabel(word) }),
  },
  settableFlag(trustedAttribute, "OBJ_ATTR_TRUSTED", "trusted"),
  numeric(256, "OBJ_ATTR_KEY_TYPE", (key) => keyTypes[key.shape.type]),
  { id: 258, name: "OBJ_ATTR_ID", value: (key) => text(key.id) },
  flag(259, "OBJ_ATTR_SENSITIVE", "sensitive"),
  settableFlag(260, "OBJ_ATTR_ENCRYPT", "encrypt"),
  settableFlag(261, "OBJ_ATTR_DECRYPT", "decrypt"),
  settableFlag(262, "OBJ_ATTR_WRAP", "wrap"),
  settableFlag(263, "OBJ_ATTR_UNWRAP", "unwrap"),
  settableFlag(264, "OBJ_ATTR_SIGN", "sign"),
  settableFlag(266, "OBJ_ATTR_VERIFY", "verify"),
  settableFlag(268, "OBJ_ATTR_DERIVE", "derive"),
  flag(355, "OBJ_ATTR_LOCAL", "local"),
  { id: 288, name: "OBJ_ATTR_MODULUS", value: (key) => bytes(key.modulus) },
  numeric(289, "OBJ_ATTR_MODULUS_BITS", (key) => modulusBits(key.shape)),
  { id: 290, name: "OBJ_ATTR_PUBLIC_EXPONENT", value: (key) => bytes(key.publicExponent) },
  numeric(353, "OBJ_ATTR_VALUE_LEN", (key) => (isPair(key.shape) ? key.valueLength : key.shape.size / 8)),
  extractable,
  flag(356, "OBJ_ATTR_NEVER_EXTRACTABLE", "neverExtractable"),
  flag(357, "OBJ_ATTR_ALWAYS_SENSITIVE", "alwaysSensitive"),
  settableFlag(370, "OBJ_ATTR_DESTROYABLE", "destroyable"),
  checkValue,
  wrapWithTrusted,
  template(1073742353, "OBJ_ATTR_WRAP_TEMPLATE", "wrapTemplate"),
  template(1073742354, "OBJ_ATTR_UNWRAP_TEMPLATE", "unwrapTemplate"),
];

/** The attributes that getAttribute knows, by name, as listAttributes shows them; the last one stands for all. */
export const attributeIds: readonly (readonly [name: string, id: number])[] = [
  ...rows.map(({ name, id }) => [name, id] as const),
  ["OBJ_ATTR_ALL", allAttributes],
];

/** Those that setAttribute takes. */
export const settableAttributeIds: readonly (readonly [name: string, id: number])[] = rows.flatMap(
  ({ name, id, set }) => (set === undefined ? [] : [[name, id] as const]),
);

/**
 * One attribute of a key, or all that apply to it. Throws {@link HsmError} INVALID_ATTRIBUTE for an unknown number,
 * ATTRIBUTE_NOT_APPLICABLE for one that keys of this kind do not have.
 */
export function readAttributes(key: KeyRecord, id: number): readonly KeyAttribute[] {
  const wanted = id === allAttributes ? rows.filter(({ isListed }) => isListed?.(key) ?? true) : [requireRow(id)];
  const found = wanted.flatMap(({ name, value }) => {
    const read = value(key);
    return read === undefined ? [] : [{ name, value: read }];
  });
  if (found.length === 0) throw new HsmError("ATTRIBUTE_NOT_APPLICABLE");
  return found;
}

/** The key with an attribute set. Throws {@link HsmError} INVALID_ATTRIBUTE, ATTRIBUTE_READ_ONLY or INVALID_INPUT. */
export function withAttribute(key: KeyRecord, id: number, word: string): KeyRecord {
  const { set } = requireRow(id);
  if (set === undefined) throw new HsmError("ATTRIBUTE_READ_ONLY");
  return set(key, word);
}

/** The bits of the modulus; of an EC key the number that OpenSSL has for its curve. */
function modulusBits(shape: KeyShape): number | undefined {
  if (!isPair(shape)) return undefined;
  return shape.type === "EC" ? curveNumbers[shape.curve] : shape.size;
}

function requireRow(id: number): AttributeRow {
  const row = rows.find((candidate) => candidate.id === id);
  if (row === undefined) throw new HsmError("INVALID_ATTRIBUTE");
  return row;
}

function parseFlag(word: string): boolean {
  if (word !== "0" && word !== "1") throw new HsmError("INVALID_INPUT");
  return word === "1";
}

function parseNumber(word: string): number {
  const parsed = Number(word);
  if (!/^\d{1,10}$/.test(word) || parsed > 0xffffffff) throw new HsmError("INVALID_INPUT");
  return parsed;
}

function parseLabel(word: string): string {
  if (!isLabel(word)) throw new HsmError("INVALID_INPUT");
  return word;
}
