import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { takesTooLong } from "../../src/commands/files/key-derivation.ts";
import { isMissing } from "../harness/debian.ts";

function encryptedKey(...options: readonly string[]): string {
  const key = execFileSync("openssl", ["genrsa", "2048"], { stdio: ["ignore", "pipe", "ignore"] });
  const words = ["pkcs8", "-topk8", "-passout", "pass:phrase", ...options];
  return execFileSync("openssl", words, { input: key, encoding: "utf8" });
}

/** The same key with other parameters of the same length, for which nobody need carry them out. */
function altered(pem: string, old: string, fresh: string): string {
  const der = Buffer.from(pem.replaceAll(/-----.*-----|\s/g, ""), "base64").toString("hex");
  expect(der.split(old)).toHaveLength(2);
  const changed = Buffer.from(der.replace(old, fresh), "hex").toString("base64");
  return `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${changed}\n-----END ENCRYPTED PRIVATE KEY-----\n`;
}

test.skipIf(isMissing("openssl"))("absurd rounds of a private key are known before it is opened", () => {
  const pbkdf2 = encryptedKey("-v2", "aes-256-cbc", "-iter", "1234567");
  const scrypt = encryptedKey("-scrypt", "-scrypt_N", "16384", "-scrypt_r", "8", "-scrypt_p", "1");
  expect([pbkdf2, scrypt, encryptedKey()].map(takesTooLong)).toEqual([false, false, false]);
  expect(takesTooLong(altered(pbkdf2, "020312d687", "0203ffffff"))).toBe(true);
  expect(takesTooLong(altered(scrypt, "02024000020108020101", "0202400002017f02017f"))).toBe(true);
});

test("what is no encrypted key is left to whoever reads keys", () => {
  const broken = ["", "AA==", "MIIC", "MIT/////", "MAA="].map(
    (body) => `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${body}\n-----END ENCRYPTED PRIVATE KEY-----`,
  );
  expect(["", "-----BEGIN RSA PRIVATE KEY-----", ...broken].map(takesTooLong)).toEqual(Array(7).fill(false));
});
