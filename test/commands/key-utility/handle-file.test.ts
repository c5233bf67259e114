import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cluster, key, users } from "../../harness/backups.ts";
import { keptMaterial } from "../../harness/kept-material.ts";
import { KeyShell } from "../../harness/key-shell.ts";
import { openssl } from "../../harness/openssl.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";

const folder = mkdtempSync(join(tmpdir(), "key-handle-"));
const path = (name: string): string => join(folder, name);
const pairs = [
  { handle: 9, shape: { type: "RSA", size: 2048 } },
  { handle: 300, shape: { type: "RSA", size: 3072 } },
  { handle: 2100177, shape: { type: "EC", curve: "P-256" } },
  { handle: 200, shape: { type: "EC", curve: "P-384" } },
  { handle: 40, shape: { type: "EC", curve: "P-521" } },
  { handle: 50, shape: { type: "EC", curve: "secp256k1" } },
] as const;

let hsm: TestedHsm;
let shell: KeyShell;

beforeAll(async () => {
  const keys = pairs.map(({ handle, shape }) => key({ handle, publicHandle: handle + 1, owner: "alice", shape }));
  const dsa = key({ handle: 70, publicHandle: 71, owner: "alice", shape: { type: "DSA", size: 2048 } });
  const content = await cluster(users(["CO", "admin"], ["CU", "alice"], ["CU", "bob"]), [
    ...keys,
    dsa,
    key({ handle: 80, owner: "alice" }),
  ]);
  hsm = await TestedHsm.with(content);
  shell = new KeyShell([hsm]);
  await shell.type("loginHSM -u CU -s alice -p password");
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.each(pairs)("the file of key $handle has its handle, a true public half and nothing private", async (each) => {
  const { handle } = each;
  expect(await shell.type(`getCaviumPrivKey -k ${String(handle)} -out ${path("fake.pem")}`)).toBe(
    `\nPrivate Key Handle is written to ${path("fake.pem")} in fake PEM format\n\n` +
      "\tgetCaviumPrivKey returned: 0x00 : HSM Return: SUCCESS\n\n",
  );
  const publicKey = await keptMaterial(hsm, handle + 1);
  const read = openssl(["pkey", "-in", path("fake.pem"), "-pubout", "-outform", "DER"]);
  expect(read).toEqual(publicKey);
  expect(createPublicKey(readFileSync(path("fake.pem"))).export({ type: "spki", format: "der" })).toEqual(publicKey);
  expect(await shell.type(`IsValidKeyHandlefile -f ${path("fake.pem")}`)).toBe(
    `\nInput file has invalid key handle: ${String(handle)}\n\n`,
  );
});

test.each([
  { what: "a public key", handle: 10, code: "0x1161" },
  { what: "a secret key", handle: 80, code: "0x1161" },
  { what: "a DSA key", handle: 70, code: "0x1161" },
  { what: "no key", handle: 999, code: "0xa8" },
])("$what has no such file", async ({ handle, code }) => {
  const printed = await shell.type(`getCaviumPrivKey -k ${String(handle)} -out ${path("none.pem")}`);
  expect(printed).toContain(`getCaviumPrivKey returned: ${code} : `);
});

test("a stranger to a key is given no file of it", async () => {
  const bob = new KeyShell([hsm]);
  await bob.type("loginHSM -u CU -s bob -p password");
  expect(await bob.type(`getCaviumPrivKey -k 9 -out ${path("none.pem")}`)).toContain("returned: 0xc6 : ");
});

const real = {
  "PKCS #8 of RSA": () =>
    generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }),
  "PKCS #1": () =>
    generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs1", format: "pem" }),
  "SEC 1": () =>
    generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey.export({ type: "sec1", format: "pem" }),
  "openssl's genrsa behind a password": () => openssl(["genrsa", "-aes128", "-passout", "pass:x", "2048"]),
  "openssl's ecparam": () => openssl(["ecparam", "-genkey", "-name", "secp384r1"]),
};

test.each(Object.entries(real))("a private key is a real one, in the form of %s", async (_, pem) => {
  writeFileSync(path("real.pem"), `Bag Attributes\n    friendlyName: x\n${pem().toString()}`);
  // Without a login: no HSM is asked.
  const nobody = new KeyShell([hsm]);
  const printed = await nobody.type(`IsValidKeyHandlefile -f ${path("real.pem")}`);
  expect(printed).toBe("\nInput key file has real private key\n\n");
});

test.each([
  { what: "a text", text: "no key" },
  { what: "a public key", text: "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n" },
  { what: "a block of nothing", text: "-----BEGIN RSA PRIVATE KEY-----\n-----END RSA PRIVATE KEY-----\n" },
  { what: "a block of noise", text: "-----BEGIN EC PRIVATE KEY-----\nMIIB//8=\n-----END EC PRIVATE KEY-----\n" },
])("$what is neither", async ({ text }) => {
  writeFileSync(path("none.pem"), text);
  expect(await shell.type(`IsValidKeyHandlefile -f ${path("none.pem")}`)).toBe(
    `\nError: ${path("none.pem")} has no private key in PEM.\n\n`,
  );
});
