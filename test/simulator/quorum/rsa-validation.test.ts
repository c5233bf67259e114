import { constants, createPublicKey, generateKeyPairSync } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { KeyRegistration } from "../../../src/hsm/quorum-requests.ts";
import { users } from "../../harness/backups.ts";
import { factor, keyPair } from "../../harness/key-pairs.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { type LoggedIn, TestedHsm, credentials } from "../../harness/tested-hsm.ts";

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

function hex(...digits: readonly string[]): bigint {
  return BigInt(`0x${digits.join("")}`);
}

/** Primes, so drawn that the moduli below have 2,048 bits and no factor but what they are to be refused for. */
const prime2048 = hex(
  "e0c853f5fb702bbb35d1ee2f3875886bd8ccbcf90f2f9dc96a274ccaf4639d0ac9ccc2e4468098c677aff8471cc1c5ec",
  "01c2696b3f5dad610028e70657f47b99885db17aa0706b64258c20b8755dc87e851d2cc08fa0f2ab17378385ad950995",
  "f6defd3e507bdaedaf8e5ac6d62c4d55cb9f0e15b4509a8883f0cc5b1df2fddc5a3ab1df418c80ac96e282504a39da65",
  "a9b9f2ea15d1dc7a8b168426daa8e3bf95f1a58d31a152cca5719996e598dab62d9144b1fc783e3a6a0f85b208a2e26f",
  "17241b8faa87e742b3e10915ab51aa1470933d37267e824a786819331b1909c3c69a1c989bd0321c957c37af72b08cc9",
  "f21c75e2fab7e77c1fd79cb03967a25f",
);
const prime1024 = hex(
  "d87e5744cad8e448bbd62423766ec6885154e0b57704a51764600f31eaae717a5204ed4f865a555b22c7c545dc8288e7",
  "c29e3b7862a4c45ad5b8e7ea6a3a499fec26fd70109fec417b47555a54f7925495fc4cc31032822f0a80a8da203f903c",
  "afa96424643228c0dceb9ba15db836aa696f67bb9f1818bb3ce3125b98599ce9",
);
const prime683 = hex(
  "64ea96dd1e7054dcd40caf6de8d8b7af6f6135b8ea5c9c9eab72d442cc58d823d1d4993bd923c42b2b8b9755f6c1ba05",
  "b05e2a8bfca2e9ee43abc0400aa56ef7fdc302ff093047f9c1b50dd666955168469181b92dd",
);
const prime256 = hex("fddcc28bf104fb967da04a835d0d94fd6323979178bbfebaf7e8bef435b2167f");
const prime2038 = hex(
  "365fc0e5bcb7b5a3e015a4c229fd49a57e623658bce259e53ad5d72cb0907c907a43b707614e4fafc4f2fd77fa7897b7",
  "0e318af4e601502ad9a640b80952a70247251c89f505413fe3fa1ff1a76c5a0736e9f994766132c609f760b53e1bbf6f",
  "f14515fa2bc471bf23bb04b7686da0e4bac59e2f4a042b81901e3bd5e18b71432b8919a4bdc178c3f0602f9314efda30",
  "360ae4527f46cf4667436c2bc2372c2029f76dbe497dc76d344fcdedc08613d7895dd6153eeccf58d21650f789fe7e19",
  "e7db2cc289c57e271c6e57d5200e1aac8d0a8cbc91cd0b510221955348da386ee927a545592b6a82ffe5aea098aa74fb",
  "34b28c2bacc6262919b32cf4e708a3",
);

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
  ["a prime modulus", () => publicKey(prime2048, 65_537n)],
  ["the square of a prime", () => publicKey(prime1024 ** 2n, 65_537n)],
  ["the third power of a prime", () => publicKey(prime683 ** 3n, 65_537n)],
  ["the eighth power of a prime", () => publicKey(prime256 ** 8n, 65_537n)],
  ["the factor 751", () => publicKey(751n * prime2038, 65_537n)],
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
