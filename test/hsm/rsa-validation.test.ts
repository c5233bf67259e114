import { constants, createPublicKey, generateKeyPairSync } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { KeyRegistration } from "../../src/hsm/hsm.ts";
import { users } from "../harness/backups.ts";
import { factor, keyPair } from "../harness/key-pairs.ts";
import { codeOf } from "../harness/return-codes.ts";
import { type LoggedIn, TestedHsm, credentials } from "../harness/tested-hsm.ts";

const sound = createPublicKey(keyPair(0).publicKey).export({ format: "jwk" });
const soundModulus = BigInt(`0x${Buffer.from(sound.n ?? "", "base64url").toString("hex")}`);
const full = 2n ** 2048n;

function bytesOf(number: bigint): Buffer {
  const hex = number.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex");
}

/** A public key of these numbers, in PEM. */
function publicKey(modulus: bigint, exponent: bigint): string {
  const [n, e] = [modulus, exponent].map((number) => bytesOf(number).toString("base64url"));
  const key = createPublicKey({ key: { kty: "RSA", n: n ?? "", e: e ?? "" }, format: "jwk" });
  return key.export({ type: "spki", format: "pem" }).toString();
}

const weak: readonly (readonly [string, () => string])[] = [
  ["the exponent 1", () => publicKey(soundModulus, 1n)],
  ["the exponent 2", () => publicKey(soundModulus, 2n)],
  ["the exponent 3", () => publicKey(soundModulus, 3n)],
  ["the exponent 17", () => publicKey(soundModulus, 17n)],
  ["the exponent 65,535", () => publicKey(soundModulus, 65_535n)],
  ["the exponent 65,536", () => publicKey(soundModulus, 65_536n)],
  ["an even exponent", () => publicKey(soundModulus, 65_538n)],
  ["an exponent of 256 bits and more", () => publicKey(soundModulus, 2n ** 256n + 1n)],
  ["a modulus of ones", () => publicKey(full - 1n, 65_537n)],
  ["a modulus of ones and the exponent 1", () => publicKey(full - 1n, 1n)],
  ["an even modulus", () => publicKey(soundModulus - 1n, 65_537n)],
  ["a power of two", () => publicKey(full / 2n, 65_537n)],
];

let officer: LoggedIn;
beforeAll(async () => {
  officer = await (await TestedHsm.with(users(["CO", "officer1"], ["CO", "officer2"]))).login("CO", "officer1");
});

/** With the exponent 1 a signature is the padding itself: it would fit. */
function registration(publicKeyPem: string): KeyRegistration {
  return {
    token: Buffer.from("token"),
    signature: Buffer.alloc(256, constants.RSA_PKCS1_PADDING),
    publicKey: publicKeyPem,
  };
}

test.each(weak)("a key with %s is refused at registration, and as a second factor", async (_, draw) => {
  const { hsm, session } = officer;
  const pem = draw();
  const user = { type: "CO", name: "officer2" };
  expect(await codeOf(hsm.quorum.registerKey(session, user, registration(pem)))).toBe("PUBLIC_KEY_WEAK");
  const second = { ...(await factor(officer, keyPair(0))), publicKey: pem };
  const created = { ...credentials("CO", "created") };
  expect(await codeOf(hsm.users.create(session, created, second))).toBe("PUBLIC_KEY_WEAK");
  expect(await codeOf(hsm.users.changePassword(session, credentials("CO", "officer2"), second))).toBe(
    "PUBLIC_KEY_WEAK",
  );
});

test.each([65_537])("a key that was drawn with the exponent %i is a good one", async (e) => {
  const { publicKey: drawnKey } = generateKeyPairSync("rsa", { modulusLength: 2048, publicExponent: e });
  const pem = drawnKey.export({ type: "spki", format: "pem" }).toString();
  const request = officer.hsm.quorum.registerKey(officer.session, { type: "CO", name: "officer2" }, registration(pem));
  expect(await codeOf(request)).toBe("REGISTRATION_SIGNATURE");
});
