import {
  type KeyPairKeyObjectResult,
  createCipheriv,
  createHash,
  createPublicKey,
  generateKeyPair,
  randomBytes,
} from "node:crypto";
import { promisify } from "node:util";
import { elementAt } from "./der.ts";
import { type KeyShape, type PairShape, type SecretShape, curves } from "../../hsm/key-type.ts";

const generatePair = promisify(generateKeyPair);

/** Key material: the bytes of a secret key, or a key pair or one of its halves in PKCS#8 and SubjectPublicKeyInfo (DER). */
export type KeyMaterial = SecretMaterial | PairMaterial | PrivateMaterial | PublicMaterial;

interface SecretMaterial {
  readonly kind: "secret";
  readonly shape: SecretShape;
  readonly secret: Buffer;
}

interface PairMaterial {
  readonly kind: "pair";
  readonly shape: PairShape;
  readonly privateKey: Buffer;
  readonly publicKey: Buffer;
}

/** The private half of a pair, without its public key, which it gives all the same. */
interface PrivateMaterial {
  readonly kind: "private";
  readonly shape: PairShape;
  readonly privateKey: Buffer;
  readonly publicKey: Buffer;
}

interface PublicMaterial {
  readonly kind: "public";
  readonly shape: PairShape;
  readonly publicKey: Buffer;
}

const usualExponent = 65_537;

/**
 * Makes new key material of a shape.
 *
 * @param publicExponent of RSA: odd, from 65537 on
 */
export async function generateMaterial(shape: KeyShape, publicExponent = usualExponent): Promise<KeyMaterial> {
  switch (shape.type) {
    case "AES":
    case "GENERIC":
      return { kind: "secret", shape, secret: randomBytes(shape.size / 8) };
    case "3DES":
      return { kind: "secret", shape, secret: withOddParity(randomBytes(shape.size / 8)) };
    case "RSA":
      return pair(shape, await generatePair("rsa", { modulusLength: shape.size, publicExponent }));
    case "DSA":
      return pair(shape, await generatePair("dsa", { modulusLength: shape.size, divisorLength: 256 }));
    case "EC":
      return pair(shape, await generatePair("ec", { namedCurve: curves[shape.curve] }));
  }
}

function pair(shape: PairShape, { privateKey, publicKey }: KeyPairKeyObjectResult): PairMaterial {
  return {
    kind: "pair",
    shape,
    privateKey: privateKey.export({ type: "pkcs8", format: "der" }),
    publicKey: publicKey.export({ type: "spki", format: "der" }),
  };
}

/** DES keeps the lowest bit of each byte for parity. */
function withOddParity(bytes: Buffer): Buffer {
  return bytes.map((byte) => (ones(byte & 0xfe) % 2 === 0 ? byte | 1 : byte & 0xfe)) as Buffer;
}

function ones(byte: number): number {
  return byte.toString(2).replaceAll("0", "").length;
}

const kcvLength = 3;
const ciphers = { AES: "aes-%-ecb", "3DES": "des-ede3-ecb" } as const;

/**
 * The key check value of a secret key in hex: the first three bytes of a block of zeros encrypted with it
 * (AWS CloudHSM User Guide, "key-attribute-table"). A generic secret has no cipher: the first three bytes of its SHA-1
 * (PKCS#11, CKA_CHECK_VALUE), by which HSMs see whether it is the same.
 */
export function secretKcv(type: SecretShape["type"], secret: Buffer): string {
  if (type === "GENERIC") return sha1(secret);
  const cipher = createCipheriv(ciphers[type].replace("%", String(secret.length * 8)), secret, null);
  const block = cipher.update(Buffer.alloc(type === "AES" ? 16 : 8));
  return block.subarray(0, kcvLength).toString("hex");
}

/** The key check value of a key pair, for both its keys: the first three bytes of the SHA-1 of its public key. */
export function publicKcv(publicKey: Buffer): string {
  return sha1(publicKey);
}

function sha1(bytes: Buffer): string {
  return createHash("sha1").update(bytes).digest().subarray(0, kcvLength).toString("hex");
}

/** What attributes show of the numbers of a key pair, big-endian, in hex. */
export interface PublicNumbers {
  /** The modulus of RSA, the prime of DSA, the uncompressed point of EC. */
  readonly modulus: string;
  /** RSA's. */
  readonly publicExponent?: string;
}

/** Reads the numbers of a public key (SubjectPublicKeyInfo). */
export function publicNumbers(type: PairShape["type"], publicKey: Buffer): PublicNumbers {
  if (type === "DSA") return { modulus: primeOf(publicKey) };
  if (type === "EC") return { modulus: pointOf(publicKey).toString("hex") };
  const { n, e } = createPublicKey({ key: publicKey, format: "der", type: "spki" }).export({ format: "jwk" });
  const hex = (text: string | undefined): string => Buffer.from(text ?? "", "base64url").toString("hex");
  return { modulus: hex(n), publicExponent: hex(e) };
}

/** The prime of a DSA key, of which node makes no JWK: SEQUENCE, SEQUENCE, OID, SEQUENCE, INTEGER (RFC 3279, 2.3.2). */
function primeOf(publicKey: Buffer): string {
  const algorithm = elementAt(publicKey, elementAt(publicKey, 0).start).start;
  const parameters = elementAt(publicKey, elementAt(publicKey, algorithm).end).start;
  const { start, end } = elementAt(publicKey, parameters);
  // A zero before it keeps an INTEGER positive.
  return publicKey.subarray(publicKey[start] === 0 ? start + 1 : start, end).toString("hex");
}

/** The point of an EC key, of which node makes no JWK on P-224: SEQUENCE, SEQUENCE, BIT STRING (RFC 5480, 2). */
function pointOf(publicKey: Buffer): Buffer {
  const { start, end } = elementAt(publicKey, elementAt(publicKey, elementAt(publicKey, 0).start).end);
  // How many bits of the last byte do not count: none.
  return publicKey.subarray(start + 1, end);
}
