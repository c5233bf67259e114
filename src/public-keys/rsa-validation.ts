import { type KeyObject, checkPrimeSync } from "node:crypto";

/** Bounds of the public exponent (FIPS 186-5, 5.4): more than 2^16, less than 2^256. */
const smallestExponent = 65_537n;
const exponentEnd = 2n ** 256n;

/** Prime factors below this are looked for (SP 800-89, 5.3.3). */
const largestTrial = 752;

/**
 * Whether an RSA public key could have been drawn by the rules (SP 800-89, 5.3.3, partial public key validation):
 * with a key like e = 1, or a modulus that anybody can factor, anybody can sign.
 */
export function isSafeRsaKey(key: KeyObject): boolean {
  const { n, e } = key.export({ format: "jwk" });
  const modulus = numberOf(n);
  const exponent = numberOf(e);
  if (exponent % 2n === 0n || exponent < smallestExponent || exponent >= exponentEnd) return false;
  return !hasSmallFactor(modulus) && !isPower(modulus) && !checkPrimeSync(modulus);
}

function numberOf(base64: string | undefined): bigint {
  return BigInt(`0x${Buffer.from(base64 ?? "", "base64url").toString("hex")}`);
}

/** What is divided by something small is divided by a small prime; the composites between cost little. */
function hasSmallFactor(modulus: bigint): boolean {
  for (let factor = 2n; factor < BigInt(largestTrial); factor++) if (modulus % factor === 0n) return true;
  return false;
}

/** Whether the modulus is a whole number to the power of 2 or more; with no small factor the exponent is bounded. */
function isPower(modulus: bigint): boolean {
  const bits = modulus.toString(2).length;
  for (let power = 2; power * Math.log2(largestTrial) <= bits; power++) {
    const root = rootOf(modulus, BigInt(power), bits);
    if (root ** BigInt(power) === modulus) return true;
  }
  return false;
}

/** The whole part of a root, by Newton's method from above. */
function rootOf(value: bigint, power: bigint, bits: number): bigint {
  let root = 1n << BigInt(Math.ceil(bits / Number(power)));
  for (;;) {
    const next = ((power - 1n) * root + value / root ** (power - 1n)) / power;
    if (next >= root) return root;
    root = next;
  }
}
