import { type KeyObject, constants, createPublicKey, generateKeyPairSync, privateEncrypt, sign } from "node:crypto";
import type { Approval } from "../../src/hsm/quorum-requests.ts";
import type { SecondFactor } from "../../src/hsm/hsm.ts";
import type { Connection, LoggedIn } from "./tested-hsm.ts";

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
export async function register(
  { hsm, session }: Omit<LoggedIn, "die">,
  name: string,
  { privateKey, publicKey }: KeyPair,
) {
  const token = Buffer.from(`registration of ${name}`);
  const signature = sign("sha256", token, privateKey);
  await hsm.quorum.registerKey(session, { type: "CO", name }, { token, signature, publicKey });
}

/** An officer's approval of a token file. */
export function approval(name: string, { privateKey }: KeyPair, file: Buffer): Approval {
  return { approver: { type: "CO", name }, signature: sign("sha256", file, privateKey) };
}

/** Signs the digest itself, as `openssl pkeyutl -sign -pkeyopt digest:sha256` does: PKCS #1 v1.5 around a DigestInfo. */
export function signDigest(digest: Uint8Array, { privateKey }: KeyPair): Buffer {
  const digestInfo = Buffer.concat([Buffer.from("3031300d060960864801650304020105000420", "hex"), digest]);
  return privateEncrypt({ key: privateKey, padding: constants.RSA_PKCS1_PADDING }, digestInfo);
}

/** A second factor for the next request of a connection. */
export async function factor({ hsm }: Pick<Connection, "hsm">, key: KeyPair): Promise<SecondFactor> {
  return { signature: signDigest(await hsm.logins.challenge(), key), publicKey: key.publicKey };
}

/** The file of tokens, as getToken writes it. */
export function tokenFile(...tokens: readonly { readonly text: string }[]): Buffer {
  return Buffer.from(tokens.map(({ text }) => `${text}\n`).join(""));
}
