/** The kinds of key, with the numbers that OBJ_ATTR_KEY_TYPE shows (AWS CloudHSM User Guide, "key-attribute-table"). */
export const keyTypes = { RSA: 0, DSA: 1, EC: 3, GENERIC: 16, "3DES": 21, AES: 31 } as const;

/** One of {@link keyTypes}. */
export type KeyType = keyof typeof keyTypes;

/** The part that a key plays, with the numbers that OBJ_ATTR_CLASS shows. */
export const keyClasses = { public: 2, private: 3, secret: 4 } as const;

/** One of {@link keyClasses}. */
export type KeyClass = keyof typeof keyClasses;

/** The curves of EC keys, with the names that OpenSSL has for them. */
export const curves = {
  "P-224": "secp224r1",
  "P-256": "prime256v1",
  "P-384": "secp384r1",
  "P-521": "secp521r1",
  secp256k1: "secp256k1",
} as const;

/** The numbers (NID) that OpenSSL has for them. */
export const curveNumbers = {
  "P-224": 713,
  "P-256": 415,
  "P-384": 715,
  "P-521": 716,
  secp256k1: 714,
} as const satisfies Record<keyof typeof curves, number>;

type Curve = keyof typeof curves;

/** What determines the material of a secret key: its kind and its size in bits. */
export interface SecretShape {
  readonly type: "AES" | "3DES" | "GENERIC";
  readonly size: number;
}

/** What determines the material of a key pair: its kind, and its modulus size or curve. */
export type PairShape =
  { readonly type: "RSA" | "DSA"; readonly size: number } | { readonly type: "EC"; readonly curve: Curve };

export type KeyShape = SecretShape | PairShape;

/** Whether keys of this shape are pairs of a private and a public key. */
export function isPair(shape: KeyShape): shape is PairShape {
  return shape.type === "RSA" || shape.type === "DSA" || shape.type === "EC";
}

/** Whether keys of one shape could be those of the other. */
export function isSameShape(one: KeyShape, other: KeyShape): boolean {
  return one.type === other.type && measureOf(one) === measureOf(other);
}

function measureOf(shape: KeyShape): number | Curve {
  return shape.type === "EC" ? shape.curve : shape.size;
}

/** The key sizes in bits that an HSM makes, or takes in; generic secrets have a range of whole bytes. */
export const keySizes = {
  AES: [128, 192, 256],
  "3DES": [192],
  RSA: [2048, 2304, 2560, 2816, 3072, 3328, 3584, 3840, 4096],
  DSA: [2048, 3072],
} as const satisfies Partial<Record<KeyType, readonly number[]>>;

/** Bits of a generic secret (AWS CloudHSM User Guide, "key_mgmt_util-genSymKey": less than 3584 bytes). */
export const genericSecretSize = { minimum: 8, maximum: 28_664 } as const;

/** Whether a value is the shape of a key that an HSM makes. */
export function isKeyShape(shape: KeyShape): boolean {
  switch (shape.type) {
    case "EC":
      return Object.hasOwn(curves, shape.curve);
    case "GENERIC": {
      const { minimum, maximum } = genericSecretSize;
      return Number.isInteger(shape.size) && shape.size >= minimum && shape.size <= maximum && shape.size % 8 === 0;
    }
    case "AES":
    case "3DES":
    case "RSA":
    case "DSA":
      return (keySizes[shape.type] as readonly number[]).includes(shape.size);
    default:
      return false;
  }
}

/** The yes-or-no attributes of a key. */
export const keyFlags = [
  "trusted",
  "sensitive",
  "encrypt",
  "decrypt",
  "wrap",
  "unwrap",
  "sign",
  "verify",
  "derive",
  "local",
  "extractable",
  "neverExtractable",
  "alwaysSensitive",
  "destroyable",
  "wrapWithTrusted",
] as const;

/** One of {@link keyFlags}. */
export type KeyFlag = (typeof keyFlags)[number];

/** The flags that a public key cannot have: it hides, decrypts and signs nothing. */
const notPublic: ReadonlySet<KeyFlag> = new Set([
  "sensitive",
  "decrypt",
  "unwrap",
  "sign",
  "extractable",
  "neverExtractable",
  "alwaysSensitive",
  "wrapWithTrusted",
]);

/** The flags that a private key cannot have: they belong to its public half. */
const notPrivate: ReadonlySet<KeyFlag> = new Set(["encrypt", "verify", "wrap"]);

/** Whether keys of a class can have a flag. */
export function canHave(keyClass: KeyClass, flag: KeyFlag): boolean {
  switch (keyClass) {
    case "public":
      return !notPublic.has(flag);
    case "private":
      return !notPrivate.has(flag);
    case "secret":
      return true;
  }
}
