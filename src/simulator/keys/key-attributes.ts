import {
  type AttributeId,
  type AttributeValue,
  type KeyAttribute,
  type SettableAttributeId,
  allAttributes,
  keyAttributes,
} from "../../hsm/key-attribute.ts";
import { type KeyFlag, type KeyShape, curveNumbers, isPair, keyClasses, keyTypes } from "../../hsm/key-type.ts";
import { isLabel } from "../../hsm/limits.ts";
import type { KeyRecord } from "../records/records.ts";
import { HsmError } from "../../hsm/return-code.ts";

/** What an attribute is on a key. */
interface Readable {
  /** Undefined where the attribute does not apply to the key. */
  readonly value: (key: KeyRecord) => AttributeValue | undefined;
  /** Whether it is among all attributes of a key that has it: where left out, always. */
  readonly isListed?: (key: KeyRecord) => boolean;
}

/** An attribute that can be set, to what a word says. */
interface Settable extends Readable {
  readonly set: (key: KeyRecord, word: string) => KeyRecord;
}

const number = (value: number): AttributeValue => ({ kind: "number", number: value });
const text = (value: string): AttributeValue => ({ kind: "text", text: value });
const bytes = (hex: string | undefined): AttributeValue | undefined =>
  hex === undefined ? undefined : { kind: "bytes", hex };

function numeric(value: (key: KeyRecord) => number | undefined): Readable {
  return {
    value: (key) => {
      const found = value(key);
      return found === undefined ? undefined : number(found);
    },
  };
}

function flag(key: KeyFlag): Readable {
  return numeric(({ flags }) => Number(flags[key]));
}

function settableFlag(flagName: KeyFlag): Settable {
  return {
    ...flag(flagName),
    set: (key, word) => ({ ...key, flags: { ...key.flags, [flagName]: parseFlag(word) } }),
  };
}

/** A template that a wrapping key has: 0, and not among all attributes, where it has none. */
function template(member: "wrapTemplate" | "unwrapTemplate"): Settable {
  return {
    ...numeric((key) => key[member]),
    isListed: (key) => key[member] !== 0,
    set: (key, word) => ({ ...key, [member]: parseNumber(word) }),
  };
}

/** What hides nothing can always leave the HSM: 1 in the dump of a public key, whatever was asked for. */
const extractable = numeric((key) => Number(key.class === "public" || key.flags.extractable));

/** Once a key may be wrapped by trusted keys only, it stays so (AWS CloudHSM User Guide, "cloudhsm_using_trusted_keys_control_key_wrap"). */
const wrapWithTrusted: Settable = {
  ...flag("wrapWithTrusted"),
  set: (key, word) => {
    const wanted = parseFlag(word);
    if (key.class === "public" || (key.flags.wrapWithTrusted && !wanted)) throw new HsmError("INVALID_INPUT");
    return { ...key, flags: { ...key.flags, wrapWithTrusted: wanted } };
  },
};

/** The point of an EC key stands in it, too. */
const modulus: Readable = {
  value: ({ modulus: hex, shape }) => (hex !== undefined && shape.type === "EC" ? { kind: "point", hex } : bytes(hex)),
};

/** Generic secrets, which are for HMAC, show none ("key-attribute-table": KCV for HMAC keys is not supported). */
const checkValue: Readable = {
  value: (key) => (key.shape.type === "GENERIC" ? undefined : bytes(key.kcv)),
};

/**
 * The attributes on a key. Which keys have which is what the guide's dumps of all attributes show
 * ("key_mgmt_util-genRSAKeyPair", -genECCKeyPair, -genSymKey, -getAttribute):
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
const rows: Readonly<Record<AttributeId, Readable> & Record<SettableAttributeId, Settable>> = {
  0: numeric((key) => keyClasses[key.class]),
  1: numeric((key) => Number(key.token)),
  2: numeric(() => 1),
  3: { value: (key) => text(key.label), set: (key, word) => ({ ...key, label: parseLabel(word) }) },
  134: settableFlag("trusted"),
  256: numeric((key) => keyTypes[key.shape.type]),
  258: { value: (key) => text(key.id) },
  259: flag("sensitive"),
  260: settableFlag("encrypt"),
  261: settableFlag("decrypt"),
  262: settableFlag("wrap"),
  263: settableFlag("unwrap"),
  264: settableFlag("sign"),
  266: settableFlag("verify"),
  268: settableFlag("derive"),
  288: modulus,
  289: numeric((key) => modulusBits(key.shape)),
  290: { value: (key) => bytes(key.publicExponent) },
  353: numeric((key) => (isPair(key.shape) ? key.valueLength : key.shape.size / 8)),
  354: extractable,
  355: flag("local"),
  356: flag("neverExtractable"),
  357: flag("alwaysSensitive"),
  370: settableFlag("destroyable"),
  371: checkValue,
  528: wrapWithTrusted,
  1073742353: template("wrapTemplate"),
  1073742354: template("unwrapTemplate"),
};

/**
 * One attribute of a key, or all that apply to it. Throws {@link HsmError} INVALID_ATTRIBUTE for an unknown number,
 * ATTRIBUTE_NOT_APPLICABLE for one that keys of this kind do not have.
 */
export function readAttributes(key: KeyRecord, id: number): readonly KeyAttribute[] {
  const isWanted = (row: Readable) => id !== allAttributes.id || (row.isListed?.(key) ?? true);
  const wanted = id === allAttributes.id ? keyAttributes : [requireKind(id)];
  const found = wanted.flatMap(({ id: each, name }) => {
    const value = isWanted(rows[each]) ? rows[each].value(key) : undefined;
    return value === undefined ? [] : [{ name, value }];
  });
  if (found.length === 0) throw new HsmError("ATTRIBUTE_NOT_APPLICABLE");
  return found;
}

/** The key with an attribute set. Throws {@link HsmError} INVALID_ATTRIBUTE, ATTRIBUTE_READ_ONLY or INVALID_INPUT. */
export function withAttribute(key: KeyRecord, id: number, word: string): KeyRecord {
  const kind = requireKind(id);
  if (!kind.isSettable) throw new HsmError("ATTRIBUTE_READ_ONLY");
  return rows[kind.id].set(key, word);
}

/** The bits of the modulus; of an EC key the number that OpenSSL has for its curve. */
function modulusBits(shape: KeyShape): number | undefined {
  if (!isPair(shape)) return undefined;
  return shape.type === "EC" ? curveNumbers[shape.curve] : shape.size;
}

function requireKind(id: number): (typeof keyAttributes)[number] {
  const kind = keyAttributes.find((candidate) => candidate.id === id);
  if (kind === undefined) throw new HsmError("INVALID_ATTRIBUTE");
  return kind;
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
