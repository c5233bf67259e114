import { type KeyObject, generateKeyPairSync, randomBytes } from "node:crypto";
import type { KeyWish } from "../../src/hsm/key-making.ts";
import type { UnwrapWish, WrapMethod, WrappedKey, WrappedKind } from "../../src/hsm/key-wrapping.ts";
import type { LoggedIn } from "./tested-hsm.ts";

/** A key of nobody in particular. */
export const plainWish = {
  label: "key",
  id: "",
  token: true,
  extractable: true,
  sharedWith: [],
  mValue: 1,
  wrapWithTrusted: false,
  node: 0,
} as const satisfies KeyWish;

/** The mechanism of imports and exports. */
export const pkcs5: WrapMethod = { mechanism: "AES_KEY_WRAP_PAD_PKCS5" };

/** A key that was made outside any HSM. */
export interface OuterKey {
  readonly name: string;
  readonly kind: WrappedKind;
  readonly bytes: Buffer;
}

/** Keys of every type, in the sizes that differ in how they are wrapped. */
export function outerKeys(): readonly OuterKey[] {
  const secret = (type: "AES" | "3DES" | "GENERIC", length: number): OuterKey => ({
    name: `${type} ${String(length * 8)}`,
    kind: { class: "secret", type },
    bytes: randomBytes(length),
  });
  const privateKey = (type: "RSA" | "EC" | "DSA", name: string, bytes: Buffer): OuterKey => ({
    name: `${type} ${name}`,
    kind: { class: "private", type },
    bytes,
  });
  const encoded = (key: KeyObject): Buffer => key.export({ type: "pkcs8", format: "der" });
  return [
    ...[16, 24, 32].map((length) => secret("AES", length)),
    secret("3DES", 24),
    ...[1, 20, 3583].map((length) => secret("GENERIC", length)),
    ...[2048, 2304].map((size) =>
      privateKey("RSA", String(size), encoded(generateKeyPairSync("rsa", { modulusLength: size }).privateKey)),
    ),
    ...["secp224r1", "prime256v1", "secp384r1", "secp521r1", "secp256k1"].map((namedCurve) =>
      privateKey("EC", namedCurve, encoded(generateKeyPairSync("ec", { namedCurve }).privateKey)),
    ),
  ];
}

/** Takes a key in that is wrapped. */
export function unwrap(
  { hsm, session }: LoggedIn,
  wish: Pick<UnwrapWish, "wrapped" | "under" | "method"> & Partial<UnwrapWish>,
): Promise<number> {
  return hsm.wrapping.unwrap(session, { ...plainWish, kind: undefined, ...wish });
}

/** Imports a key as the shell does. */
export async function bring(
  who: LoggedIn,
  under: number,
  { kind, bytes }: Pick<OuterKey, "kind" | "bytes">,
  more: Partial<UnwrapWish> = {},
): Promise<number> {
  const wrapped = { bytes: await who.hsm.wrapping.wrapData(who.session, under, bytes) };
  return unwrap(who, { wrapped, under, method: pkcs5, kind, ...more });
}

/** Exports a key as the shell does. */
export async function take(who: LoggedIn, under: number, key: number): Promise<Buffer> {
  const { bytes } = await who.hsm.wrapping.wrap(who.session, { key, under, method: pkcs5, header: false });
  return Buffer.from(await who.hsm.wrapping.unwrapData(who.session, under, bytes));
}

/** Wraps a key without a header. */
export function wrapBare(
  { hsm, session }: LoggedIn,
  key: number,
  under: number,
  method: WrapMethod,
): Promise<WrappedKey> {
  return hsm.wrapping.wrap(session, { key, under, method, header: false });
}

/** The check value of a key; undefined for one that has none. */
export async function kcvOf({ hsm, session }: LoggedIn, handle: number): Promise<unknown> {
  const all = await hsm.keys.attributes(session, handle, 512);
  return all.find(({ name }) => name === "OBJ_ATTR_KCV")?.value;
}
