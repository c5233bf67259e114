import { type KeyMaterial, publicKcv, rsaNumbers, secretKcv } from "./key-material.ts";
import type { FoundKey, KeyBytes } from "./key-records.ts";
import { type Curve, type KeyClass, type KeyFlag, type KeyShape, type KeyType, keyFlags } from "./key-type.ts";
import type { KeyRecord } from "./records.ts";

/** A key that an HSM is to have from the beginning; a pair has a second handle for its public key. */
export interface InitialKey {
  readonly handle: number;
  readonly publicHandle: number | undefined;
  readonly shape: KeyShape;
  readonly label: string;
  readonly id: string;
  /** Names of users. */
  readonly owner: string;
  readonly sharedWith: readonly string[];
  /** Users who must approve of its use; 1 where the owner's word is enough. */
  readonly mValue: number;
  readonly extractable: boolean;
  /** False: it is made anew for each session of its owner, and lives as long as that. */
  readonly token: boolean;
  /** Flags that differ from what keys of this kind have. */
  readonly flags: Partial<Readonly<Record<KeyFlag, boolean>>>;
}

/** The handle of the public key of a pair: the next one, where none is given. */
export function publicHandleOf({ handle, publicHandle }: Pick<InitialKey, "handle" | "publicHandle">): number {
  return publicHandle ?? handle + 1;
}

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

/** The keys that an initial key and its material give: one secret key, or a private and a public one. */
export function makeKeys(initial: InitialKey, material: KeyMaterial, holders: Holders): readonly MadeKey[] {
  if (material.kind === "secret") {
    const { type } = initial.shape;
    if (type !== "AES" && type !== "3DES" && type !== "GENERIC") throw new Error(`${type} keys come in pairs`);
    return [make(initial, "secret", material.secret, secretKcv(type, material.secret), holders)];
  }
  const { publicKey, privateKey } = material;
  const kcv = publicKcv(publicKey);
  const numbers = initial.shape.type === "RSA" ? rsaNumbers(publicKey) : {};
  const privateHalf = make(initial, "private", privateKey, kcv, holders, numbers);
  const publicHalf = make(initial, "public", publicKey, kcv, { ...holders, sharedWith: [] }, numbers);
  return [privateHalf, publicHalf];
}

function make(
  initial: InitialKey,
  keyClass: KeyClass,
  bytes: Buffer,
  kcv: string,
  holders: Holders,
  numbers: Partial<Pick<KeyRecord, "modulus" | "publicExponent">> = {},
): MadeKey {
  const isPublic = keyClass === "public";
  const handle = isPublic ? publicHandleOf(initial) : initial.handle;
  const record: KeyRecord = {
    class: keyClass,
    type: initial.shape.type,
    size: sizeOf(initial.shape),
    token: initial.token,
    label: initial.label,
    id: initial.id,
    flags: { ...flagsOf(initial.shape.type, keyClass, initial.extractable), ...initial.flags },
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

/** What keys of a kind are made for, where nothing else is asked for. */
const purposes: Readonly<Partial<Record<`${KeyType} ${KeyClass}`, readonly KeyFlag[]>>> = {
  "AES secret": ["encrypt", "decrypt", "wrap", "unwrap"],
  "3DES secret": ["encrypt", "decrypt", "wrap", "unwrap"],
  "GENERIC secret": ["sign", "verify"],
  "RSA public": ["encrypt", "verify", "wrap"],
  "RSA private": ["decrypt", "sign", "unwrap"],
  "EC public": ["verify"],
  "EC private": ["sign", "derive"],
  "DSA public": ["verify"],
  "DSA private": ["sign"],
};

function flagsOf(type: KeyType, keyClass: KeyClass, extractable: boolean): KeyRecord["flags"] {
  const guarded: readonly KeyFlag[] =
    keyClass === "public" ? [] : ["sensitive", "alwaysSensitive", extractable ? "extractable" : "neverExtractable"];
  const set = new Set<KeyFlag>(["local", "destroyable", ...guarded, ...(purposes[`${type} ${keyClass}`] ?? [])]);
  return Object.fromEntries(keyFlags.map((flag) => [flag, set.has(flag)])) as KeyRecord["flags"];
}

const curveSizes = { "P-256": 256, "P-384": 384, "P-521": 521, secp256k1: 256 } as const satisfies Record<
  Curve,
  number
>;

/** Bits of the keys of a shape. */
export function sizeOf(shape: KeyShape): number {
  return shape.type === "EC" ? curveSizes[shape.curve] : shape.size;
}
