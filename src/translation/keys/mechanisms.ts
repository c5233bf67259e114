import { NoCounterpart } from "../words/counterpart.ts";

/** How keys are wrapped. */
interface Wrapping {
  readonly name: string;
  /** What its options are: a hash, the length of a tag, or none. */
  readonly takes: "hash" | "tag" | "nothing";
}

const wrappings: ReadonlyMap<string, Wrapping> = new Map<string, Wrapping>([
  ["4", { name: "aes-pkcs5-pad", takes: "nothing" }],
  ["5", { name: "aes-no-pad", takes: "nothing" }],
  ["6", { name: "aes-zero-pad", takes: "nothing" }],
  ["7", { name: "rsa-aes", takes: "hash" }],
  ["8", { name: "rsa-oaep", takes: "hash" }],
  ["10", { name: "aes-gcm", takes: "tag" }],
  ["11", { name: "cloudhsm-aes-gcm", takes: "tag" }],
  ["12", { name: "rsa-pkcs", takes: "nothing" }],
]);

const wrappingHashes: ReadonlyMap<string, string> = new Map([
  ["2", "sha1"],
  ["3", "sha256"],
  ["4", "sha384"],
  ["5", "sha512"],
  ["6", "sha224"],
]);

/** The wrapping of a number. Throws {@link NoCounterpart}. */
export function wrappingOf(mechanism: string): Wrapping {
  const wrapping = wrappings.get(mechanism);
  if (wrapping === undefined) throw new NoCounterpart("the new tool has no such wrapping mechanism");
  return wrapping;
}

/** The hash of `-t`, which is SHA-1 where it is left out. Throws {@link NoCounterpart}. */
export function wrappingHash(number = "2"): string {
  const hash = wrappingHashes.get(number);
  if (hash === undefined) throw new NoCounterpart("the new tool has no such hash for wrapping");
  return hash;
}

const rsaHashes = ["sha1", "sha256", "sha384", "sha512", "sha224"] as const;
const ecdsaHashes = ["sha1", "sha224", "sha256", "sha384", "sha512"] as const;

/** Bytes of a hash, which are those of the salt. */
const lengths: Readonly<Record<(typeof rsaHashes)[number], number>> = {
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};

/** How is signed. */
interface Signing {
  readonly name: string;
  readonly hash: string;
  /** More options, with a blank in front. */
  readonly more: string;
}

const signings: ReadonlyMap<string, Signing> = new Map<string, Signing>([
  ...rsaHashes.map((hash, at) => [String(at), { name: "rsa-pkcs", hash, more: "" }] as const),
  ...rsaHashes.map((hash, at) => {
    const more = ` --mgf mgf1-${hash} --salt-length ${String(lengths[hash])}`;
    return [String(at + 5), { name: "rsa-pkcs-pss", hash, more }] as const;
  }),
  ...ecdsaHashes.map((hash, at) => [String(at + 15), { name: "ecdsa", hash, more: "" }] as const),
]);

/** The signing of a number. Throws {@link NoCounterpart}. */
export function signingOf(mechanism: string): Signing {
  const signing = signings.get(mechanism);
  if (signing === undefined) throw new NoCounterpart("the new tool has no such signature mechanism");
  return signing;
}
