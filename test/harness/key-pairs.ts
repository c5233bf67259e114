import { type KeyObject, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import type { Approval } from "../../src/hsm/hsm.ts";
import type { LoggedIn } from "./tested-hsm.ts";

/** An officer's key pair. */
export interface KeyPair {
  readonly privateKey: KeyObject;
  /** In PEM. */
  readonly publicKey: string;
}

/** Draws a key pair. */
export function drawKeyPair(modulusLength = 2048): KeyPair {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength });
  return { privateKey, publicKey: createPublicKey(privateKey).export({ type: "spki", format: "pem" }).toString() };
}

const pool: KeyPair[] = [];

/** The N-th key pair of a pool: drawing them takes long. */
export function keyPair(index: number): KeyPair {
  const known = pool[index];
  if (known !== undefined) return known;
  pool.push(drawKeyPair());
  return keyPair(index);
}

/** Registers a key for an officer. */
export async function register({ hsm, session }: LoggedIn, name: string, { privateKey, publicKey }: KeyPair) {
  const token = Buffer.from(`registration of ${name}`);
  const signature = sign("sha256", token, privateKey);
  await hsm.quorum.registerKey(session, { type: "CO", name }, { token, signature, publicKey });
}

/** An officer's approval of a token file. */
export function approval(name: string, { privateKey }: KeyPair, file: Buffer): Approval {
  return { approver: { type: "CO", name }, signature: sign("sha256", file, privateKey) };
}

/** The file of tokens, as getToken writes it. */
export function tokenFile(...tokens: readonly { readonly text: string }[]): Buffer {
  return Buffer.from(tokens.map(({ text }) => `${text}\n`).join(""));
}
