import { scrypt, timingSafeEqual } from "node:crypto";
import { isPasswordCost } from "../../hsm/limits.ts";
import { type PasswordOffer, saltLength } from "../../hsm/password-offer.ts";
import { HsmError } from "../../hsm/return-code.ts";

const blockSize = 8;
const parallelization = 1;
const hashLength = 32;

/** A password as an HSM keeps it: `$scrypt$ln=14,r=8,p=1$<salt>$<hash>`, both in base64. */
export type PasswordHash = string;

interface Derivation {
  /** The exponent of scrypt's N. */
  readonly cost: number;
  readonly salt: Uint8Array;
}

/**
 * What was derived from each offer that is still in use, by salt and cost: the HSMs of a process derive each once for
 * all of them. One in another process, to which an offer comes as a copy, derives for itself.
 */
const derived = new WeakMap<PasswordOffer, Map<string, Promise<Buffer>>>();

/**
 * Hashes a password for keeping, with scrypt's N = 2^`cost`. Rejects with {@link HsmError} STORAGE_FAILURE for a cost
 * that no HSM is created with, INVALID_INPUT for a salt of another length.
 */
export async function hashOf(offer: PasswordOffer, cost: number): Promise<PasswordHash> {
  const { salt } = offer;
  requireCost(cost);
  if (salt.length !== saltLength) throw new HsmError("INVALID_INPUT");
  const hash = await derive(offer, { cost, salt });
  return [
    "",
    "scrypt",
    `ln=${String(cost)},r=${String(blockSize)},p=${String(parallelization)}`,
    base64(salt),
    base64(hash),
  ].join("$");
}

/**
 * Compares a password with a kept hash, in constant time and at the cost that the hash names. Rejects with
 * {@link HsmError} STORAGE_FAILURE for what is no such hash.
 */
export async function fits(offer: PasswordOffer, kept: PasswordHash): Promise<boolean> {
  const { expected, ...derivation } = parseHash(kept);
  return timingSafeEqual(await derive(offer, derivation), expected);
}

/** The cost that a kept hash names: the exponent of scrypt's N. Throws {@link HsmError} STORAGE_FAILURE. */
export function costOf(kept: PasswordHash): number {
  return parseHash(kept).cost;
}

/** The salt of a kept hash, in base64: the one of the offer that it was made from. Throws {@link HsmError} STORAGE_FAILURE. */
export function saltOf(kept: PasswordHash): string {
  return base64(parseHash(kept).salt);
}

function derive(offer: PasswordOffer, derivation: Derivation): Promise<Buffer> {
  const known = derived.get(offer) ?? new Map<string, Promise<Buffer>>();
  derived.set(offer, known);
  const key = `${String(derivation.cost)},${base64(derivation.salt)}`;
  const started = known.get(key) ?? scryptOf(offer.text, derivation);
  known.set(key, started);
  return started;
}

function scryptOf(text: string, { cost, salt }: Derivation): Promise<Buffer> {
  const N = 2 ** cost;
  const options = { N, r: blockSize, p: parallelization, maxmem: N * blockSize * 128 * 2 };
  return new Promise((resolve, reject) => {
    scrypt(text, salt, hashLength, options, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}

function parseHash(kept: PasswordHash): Derivation & { readonly expected: Buffer } {
  const [, cost = "", salt = "", hash = ""] = keptForm.exec(kept) ?? [];
  const expected = Buffer.from(hash, "base64");
  const derivation = { cost: Number(cost), salt: Buffer.from(salt, "base64") };
  if (expected.length !== hashLength || derivation.salt.length !== saltLength) throw new HsmError("STORAGE_FAILURE");
  requireCost(derivation.cost);
  return { ...derivation, expected };
}

/** A record may have been edited. */
function requireCost(cost: number): void {
  if (!isPasswordCost(cost)) throw new HsmError("STORAGE_FAILURE");
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

const keptForm = /^\$scrypt\$ln=(\d{1,2}),r=8,p=1\$([\w+/=]+)\$([\w+/=]+)$/;
