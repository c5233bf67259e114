import { describe, expect, test } from "vitest";
import { readAttributes } from "../../../src/simulator/keys/key-attributes.ts";
import { generateMaterial } from "../../../src/simulator/keys/key-material.ts";
import type { KeyShape } from "../../../src/hsm/key-type.ts";
import { type MadeKey, makeKeys } from "../../../src/simulator/keys/new-key.ts";
import { isMissing } from "../../harness/debian.ts";
import { key } from "../../harness/backups.ts";
import { openssl } from "../../harness/openssl.ts";

const attributes = { modulus: 288, modulusBits: 289, publicExponent: 290, kcv: 371 } as const;

async function make(shape: KeyShape): Promise<readonly MadeKey[]> {
  return makeKeys(key({ handle: 8, owner: "bob", shape }), await generateMaterial(shape), { owner: 3, sharedWith: [] });
}

/** A pair of keys: the private one first. */
async function makePair(shape: KeyShape): Promise<readonly [MadeKey, MadeKey]> {
  const [one, other] = await make(shape);
  if (one === undefined || other === undefined) throw new Error(`${shape.type} keys come in pairs`);
  return [one, other];
}

/** An attribute's bytes, as hex. */
function hexOf({ key: { record } }: MadeKey, id: number): string {
  const [attribute] = readAttributes(record, id);
  const value = attribute?.value;
  if (value?.kind !== "bytes" && value?.kind !== "point") throw new Error(`attribute ${String(id)} is not bytes`);
  return value.hex;
}

const sha1 = (bytes: Buffer): string => openssl(["dgst", "-sha1", "-binary"], bytes).toString("hex");

describe.skipIf(isMissing("openssl"))("beside openssl", () => {
  test.each([
    [{ type: "AES", size: 128 }, "-aes-128-ecb", 16],
    [{ type: "AES", size: 192 }, "-aes-192-ecb", 16],
    [{ type: "AES", size: 256 }, "-aes-256-ecb", 16],
    [{ type: "3DES", size: 192 }, "-des-ede3", 8],
  ] as const)("KCV of %j: a block of zeros, encrypted", async (shape, cipher, blockLength) => {
    const [made] = await make(shape);
    if (made === undefined) throw new Error("no key was made");
    const words = ["enc", cipher, "-K", made.bytes.toString("hex"), "-nopad"];
    const block = openssl(words, Buffer.alloc(blockLength)).toString("hex");
    expect(hexOf(made, attributes.kcv)).toBe(block.slice(0, 6));
  });

  test("the check value of a generic secret: its SHA-1, for the HSMs only", async () => {
    const [made] = await make({ type: "GENERIC", size: 160 });
    if (made === undefined) throw new Error("no key was made");
    expect(made.key.access.kcv).toBe(sha1(made.bytes).slice(0, 6));
    expect(() => hexOf(made, attributes.kcv)).toThrow("Keys of this kind do not have this attribute");
  });

  test.each([
    { type: "RSA", size: 2048 },
    { type: "DSA", size: 2048 },
    { type: "EC", curve: "P-256" },
    { type: "EC", curve: "P-384" },
    { type: "EC", curve: "P-521" },
    { type: "EC", curve: "secp256k1" },
  ] as const)("KCV of %j: the SHA-1 of the public key", async (shape) => {
    const [privateKey, publicKey] = await makePair(shape);
    const derived = openssl(["pkey", "-inform", "DER", "-pubout", "-outform", "DER"], privateKey.bytes);
    expect(publicKey.bytes).toEqual(derived);
    expect(hexOf(privateKey, attributes.kcv)).toBe(sha1(derived).slice(0, 6));
    expect(hexOf(publicKey, attributes.kcv)).toBe(sha1(derived).slice(0, 6));
  });

  test.each([
    { type: "EC", curve: "P-256" },
    { type: "EC", curve: "P-384" },
    { type: "EC", curve: "P-521" },
    { type: "EC", curve: "secp256k1" },
  ] as const)("MODULUS of %j: its point, the end of the public key", async (shape) => {
    const pair = await makePair(shape);
    const point = hexOf(pair[1], attributes.modulus);
    expect(point).toMatch(/^04/);
    expect(pair[1].bytes.toString("hex").endsWith(`00${point}`)).toBe(true);
    expect(hexOf(pair[0], attributes.modulus)).toBe(point);
  });

  test.each([2048, 3072] as const)("MODULUS of DSA-%i: its prime", async (size) => {
    const pair = await makePair({ type: "DSA", size });
    const text = openssl(["dsa", "-inform", "DER", "-noout", "-text"], pair[0].bytes).toString("utf8");
    const prime = /P: +\n([^]*?)Q:/.exec(text)?.[1]?.replaceAll(/[\s:]/g, "");
    for (const made of pair) expect(BigInt(`0x${hexOf(made, attributes.modulus)}`)).toBe(BigInt(`0x${prime ?? ""}`));
  });

  test.each([2048, 3072] as const)("modulus and exponent of RSA-%i", async (size) => {
    const pair = await makePair({ type: "RSA", size });
    const read = ["rsa", "-inform", "DER", "-noout"];
    const modulus = openssl([...read, "-modulus"], pair[0].bytes)
      .toString("utf8")
      .trim();
    const exponent = /publicExponent: (\d+) /.exec(openssl([...read, "-text"], pair[0].bytes).toString("utf8"))?.[1];
    for (const made of pair) {
      expect(`Modulus=${hexOf(made, attributes.modulus).toUpperCase()}`).toBe(modulus);
      expect(BigInt(`0x${hexOf(made, attributes.publicExponent)}`)).toBe(BigInt(exponent ?? ""));
      expect(readAttributes(made.key.record, attributes.modulusBits)[0]?.value).toEqual({
        kind: "number",
        number: size,
      });
    }
  });
});

test("each byte of a 3DES key has odd parity", async () => {
  const [made] = await make({ type: "3DES", size: 192 });
  const ones = [...(made?.bytes ?? [])].map((byte) => byte.toString(2).replaceAll("0", "").length % 2);
  expect(ones).toEqual(Array(24).fill(1));
});
