import { type InitialKey, publicHandleOf } from "../../hsm/initial-key.ts";
import { type KeyMaterial, type PublicNumbers, publicKcv, publicNumbers, secretKcv } from "./key-material.ts";
import type { FoundKey, KeyBytes } from "../records/key-records.ts";
import { type KeyClass, type KeyFlag, type KeyType, type PairShape, canHave, keyFlags } from "../../hsm/key-type.ts";
import type { KeyRecord } from "../records/records.ts";

/** A key with its material. */
export interface MadeKey {
  readonly key: FoundKey;
  readonly bytes: KeyBytes;
}

/** Whose a key is, by user ids. */
interface Holders {
  readonly owner: number;
  readonly sharedWith: readonly number[];
}

/** The keys that an initial key and its material give: one secret key, a private and a public one, or one of these. */
export function makeKeys(initial: InitialKey, material: KeyMaterial, holders: Holders): readonly MadeKey[] {
  if (material.kind === "secret") {
    const { shape, secret } = material;
    return [make(initial, "secret", secret, secretKcv(shape.type, secret), holders)];
  }
  const { shape, publicKey } = material;
  const kcv = publicKcv(publicKey);
  const numbers = publicNumbers(shape.type, publicKey);
  const privateHalf = (bytes: Buffer): MadeKey =>
    make(initial, "private", bytes, kcv, holders, { ...numbers, valueLength: bytes.length });
  const publicHalf = (): MadeKey => {
    const valueLength = publicLength(shape, numbers);
    return make(initial, "public", publicKey, kcv, { ...holders, sharedWith: [] }, { ...numbers, valueLength });
  };
  switch (material.kind) {
    case "pair":
      return [privateHalf(material.privateKey), publicHalf()];
    case "private":
      return [privateHalf(material.privateKey)];
    case "public":
      return [publicHalf()];
  }
}

/**
 * OBJ_ATTR_VALUE_LEN of a public key. RSA's is 0x200 for 2048 bits in the guide ("key_mgmt_util-genRSAKeyPair"): room for
 * modulus and exponent, each as long as the modulus. DSA is taken for alike; EC's is the length of its point.
 */
function publicLength(shape: PairShape, { modulus }: PublicNumbers): number {
  return shape.type === "EC" ? modulus.length / 2 : (2 * shape.size) / 8;
}

function make(
  initial: InitialKey,
  keyClass: KeyClass,
  bytes: Buffer,
  kcv: string,
  holders: Holders,
  numbers: Partial<Pick<KeyRecord, "modulus" | "publicExponent" | "valueLength">> = {},
): MadeKey {
  const isPublic = keyClass === "public";
  const handle = isPublic ? publicHandleOf(initial) : initial.handle;
  const record: KeyRecord = {
    class: keyClass,
    shape: initial.shape,
    token: initial.token,
    label: initial.label,
    id: initial.id,
    flags: flagsOf(initial, keyClass),
    wrapTemplate: 0,
    unwrapTemplate: 0,
    kcv,
    ...numbers,
  };
  const access = {
    owner: holders.owner,
    sharedWith: holders.sharedWith.toSorted((one, other) => one - other),
    public: isPublic,
    mValue: isPublic ? 1 : initial.mValue,
    kcv,
  };
  return { key: { handle, record, access }, bytes };
}

/**
 * What keys of a kind are made for, where nothing else is asked for: as key_mgmt_util makes them. The guide's dumps show
 * 3DES without WRAP and UNWRAP, AES with both, and EC private with SIGN alone; key_mgmt_util has no option for SIGN,
 * VERIFY and DERIVE, which a secret for HMAC is given by setAttribute.
 */
const purposes: Readonly<Partial<Record<`${KeyType} ${KeyClass}`, readonly KeyFlag[]>>> = {
  "AES secret": ["encrypt", "decrypt", "wrap", "unwrap"],
  "3DES secret": ["encrypt", "decrypt"],
  "RSA public": ["encrypt", "verify", "wrap"],
  "RSA private": ["decrypt", "sign", "unwrap"],
  "EC public": ["verify"],
  "EC private": ["sign"],
  "DSA public": ["verify"],
  "DSA private": ["sign"],
};

/** The flags of a key: those of its kind, and what was asked for where keys of its class can have it. */
function flagsOf({ shape, extractable, flags: asked }: InitialKey, keyClass: KeyClass): KeyRecord["flags"] {
  const usual = new Set<KeyFlag>(["local", "destroyable", ...(purposes[`${shape.type} ${keyClass}`] ?? [])]);
  const has = (flag: KeyFlag, otherwise = usual.has(flag)): boolean =>
    canHave(keyClass, flag) && (asked[flag] ?? otherwise);
  const sensitive = has("sensitive", true);
  return {
    ...(Object.fromEntries(keyFlags.map((flag) => [flag, has(flag)])) as KeyRecord["flags"]),
    sensitive,
    extractable: canHave(keyClass, "extractable") && extractable,
    // A key that was made here always was what it is; nobody knows that of another.
    alwaysSensitive: has("alwaysSensitive", has("local") && sensitive),
    neverExtractable: has("neverExtractable", has("local") && !extractable),
  };
}
