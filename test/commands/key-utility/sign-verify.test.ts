import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SignatureScheme, signatureSchemes } from "../../../src/hsm/signature-mechanism.ts";
import { cluster, key, users } from "../../harness/backups.ts";
import { keptMaterial } from "../../harness/kept-material.ts";
import { KeyShell, handleIn } from "../../harness/key-shell.ts";
import { openssl } from "../../harness/openssl.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";

const folder = mkdtempSync(join(tmpdir(), "key-use-"));
const path = (name: string): string => join(folder, name);
let hsm: TestedHsm;
let shell: KeyShell;

/** Key pairs by their private handles; the public ones follow. */
const pairs = [
  { handle: 100, shape: { type: "RSA", size: 2048 } },
  { handle: 110, shape: { type: "RSA", size: 3072 } },
  { handle: 120, shape: { type: "EC", curve: "P-256" } },
  { handle: 130, shape: { type: "EC", curve: "P-384" } },
  { handle: 140, shape: { type: "EC", curve: "P-521" } },
  { handle: 150, shape: { type: "EC", curve: "secp256k1" } },
] as const;

const ec = pairs[2].shape;

beforeAll(async () => {
  const plain = pairs.map(({ handle, shape }) => key({ handle, publicHandle: handle + 1, owner: "alice", shape }));
  const content = await cluster(users(["CO", "admin"], ["CU", "alice"], ["CU", "bob"]), [
    ...plain,
    key({ handle: 200, publicHandle: 201, owner: "alice", shape: ec, sharedWith: ["bob"], mValue: 2 }),
    key({ handle: 210, publicHandle: 211, owner: "alice", shape: ec, sharedWith: ["bob"] }),
    key({ handle: 220, owner: "alice" }),
    key({ handle: 230, publicHandle: 231, owner: "alice", shape: ec, flags: { sign: false, verify: false } }),
  ]);
  hsm = await TestedHsm.with(content);
  shell = await shellOf("alice");
  writeFileSync(path("message"), "a message\nof two lines");
  writeFileSync(path("other"), "another message");
  for (const { handle } of pairs) {
    writeFileSync(path(`${String(handle)}.der`), await keptMaterial(hsm, handle), { mode: 0o600 });
    writeFileSync(path(`${String(handle)}.pub`), await keptMaterial(hsm, handle + 1));
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function shellOf(name: string): Promise<KeyShell> {
  const opened = new KeyShell([hsm]);
  await opened.type(`loginHSM -u CU -s ${name} -p password`);
  return opened;
}

function signing(handle: number, mechanism: number | string, file = "message"): string {
  return `sign -f ${path(file)} -k ${String(handle)} -m ${String(mechanism)} -out ${path("signed")}`;
}

function verifying(handle: number, mechanism: number | string, file = "message", signature = "signed"): string {
  return `verify -f ${path(file)} -s ${path(signature)} -k ${String(handle)} -m ${String(mechanism)}`;
}

/** How openssl is told of a scheme. */
function schemeWords({ padding, hash }: SignatureScheme): readonly string[] {
  const pss = [
    "-sigopt",
    "rsa_padding_mode:pss",
    "-sigopt",
    "rsa_pss_saltlen:digest",
    "-sigopt",
    `rsa_mgf1_md:${hash}`,
  ];
  return [`-${hash}`, ...(padding === "pss" ? pss : [])];
}

const cases = pairs.flatMap(({ handle, shape }) =>
  Object.entries<SignatureScheme>(signatureSchemes).flatMap(([mechanism, scheme]) =>
    scheme.keyType === shape.type ? [{ handle, mechanism, scheme }] : [],
  ),
);

test.each(cases)("openssl and key $handle agree on mechanism $mechanism, in both directions", async (each) => {
  const { handle, mechanism, scheme } = each;
  const digest = ["dgst", ...schemeWords(scheme)];
  const ofDer = ["-keyform", "DER", "-signature", path("signed"), path("message")];
  expect(await shell.type(signing(handle, mechanism))).toBe(
    `\n\tSignature creation successful\n\n\tsignature is written to file ${path("signed")}\n\n` +
      "\tCfm3Sign: sign returned: 0x00 : HSM Return: SUCCESS\n\n",
  );
  openssl([...digest, "-verify", path(`${String(handle)}.pub`), ...ofDer]);
  const theirs = openssl([...digest, "-sign", path(`${String(handle)}.der`), "-keyform", "DER", path("message")]);
  writeFileSync(path("theirs"), theirs);
  expect(await shell.type(verifying(handle + 1, mechanism, "message", "theirs"))).toBe(
    "\n\tSignature verifition successful\n\n\tCfm3Verify returned: 0x00 : HSM Return: SUCCESS\n\n",
  );
});

const mismatch = "\n\tCfm3Verify returned: 0x1b\n\n\tCSP Error: ERR_BAD_PKCS_DATA\n\n";

describe.each([
  { handle: 100, mechanism: 1, otherHash: 2, otherKey: 111 },
  { handle: 100, mechanism: 6, otherHash: 1, otherKey: 111 },
  { handle: 120, mechanism: 17, otherHash: 18, otherKey: 151 },
])("a signature of key $handle by mechanism $mechanism", ({ handle, mechanism, otherHash, otherKey }) => {
  test("is of no other message, hash or key", async () => {
    await shell.type(signing(handle, mechanism));
    expect(await shell.type(verifying(handle + 1, mechanism, "other"))).toBe(mismatch);
    expect(await shell.type(verifying(handle + 1, otherHash))).toBe(mismatch);
    expect(await shell.type(verifying(otherKey, mechanism))).toBe(mismatch);
    expect(shell.last?.outcome).toBe("failed");
  });

  test("is not one that was cut", async () => {
    await shell.type(signing(handle, mechanism));
    writeFileSync(path("cut"), readFileSync(path("signed")).subarray(1));
    expect(await shell.type(verifying(handle + 1, mechanism, "message", "cut"))).toBe(mismatch);
  });
});

test("a PSS signature with a salt of another length is verified, too", async () => {
  const words = ["-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:20", "-keyform", "DER"];
  writeFileSync(path("salted"), openssl(["dgst", ...words, "-sign", path("100.der"), path("message")]));
  expect(await shell.type(verifying(101, 6, "message", "salted"))).toContain("verifition successful");
});

const unsuitable = "0x1161 : HSM Error: Key cannot be used for this operation";

test.each([
  { what: "a quorum key", line: signing(200, 17), answer: "0x1006 : RET_MXN_AUTH_FAILED" },
  { what: "a public key", line: signing(121, 17), answer: unsuitable },
  { what: "a secret key", line: signing(220, 17), answer: unsuitable },
  { what: "an RSA key with ECDSA", line: signing(100, 17), answer: unsuitable },
  { what: "a key that is not to sign with", line: signing(230, 17), answer: unsuitable },
  {
    what: "no key",
    line: signing(999, 17),
    answer: "0xa8 : HSM Error: Invalid object handle is passed to this operation",
  },
])("$what signs nothing", async ({ line, answer }) => {
  expect(await shell.type(line)).toBe(`\n\tCfm3Sign: sign returned: ${answer}\n\n`);
});

test.each([
  { what: "a private key", line: verifying(120, 17) },
  { what: "a key that is not to verify with", line: verifying(231, 17) },
])("$what verifies nothing", async ({ line }) => {
  await shell.type(signing(120, 17));
  expect(await shell.type(line)).toBe(`\n\tCfm3Verify returned: ${unsuitable}\n\n`);
});

test("a user whom a key is shared with signs; others verify only; nobody does neither", async () => {
  const bob = await shellOf("bob");
  expect(await bob.type(signing(210, 17))).toContain("Signature creation successful");
  expect(await bob.type(verifying(211, 17))).toContain("verifition successful");
  expect(await bob.type(signing(120, 17))).toContain("0xc6 : HSM Error: Key Access is denied");
  const nobody = new KeyShell([hsm]);
  expect(await nobody.type(signing(210, 17))).toContain("No user is logged in");
  expect(await nobody.type(verifying(211, 17))).toContain("No user is logged in");
});

test("a session key signs for its session", async () => {
  const printed = await shell.type("genECCKeyPair -i 14 -l session -sess");
  const privateKey = handleIn(printed, "private key handle:");
  await shell.type(signing(privateKey, 18));
  expect(await shell.type(verifying(handleIn(printed, "public key handle:"), 18))).toContain("verifition successful");
  expect(await (await shellOf("alice")).type(signing(privateKey, 18))).toContain("0xa8");
});

test("a node that lacks the key leaves it to the next", async () => {
  const blank = await TestedHsm.with(users(["CO", "admin"], ["CU", "alice"]));
  const both = new KeyShell([blank, hsm]);
  await both.type("loginHSM -u CU -s alice -p password");
  expect(await both.type(signing(120, 17))).toContain("Signature creation successful");
});

test("a message has 64 KiB at most, and a signature is its owner's to read", async () => {
  writeFileSync(path("largest"), Buffer.alloc(65_536));
  writeFileSync(path("larger"), Buffer.alloc(65_537));
  expect(await shell.type(signing(120, 17, "largest"))).toContain("successful");
  expect(statSync(path("signed")).mode & 0o777).toBe(0o600);
  const printed = await shell.type(signing(120, 17, "larger"));
  expect(printed).toBe(
    `\nError: Cannot open file ${path("larger")}.\n${path("larger")} cannot be read: it is longer than 65536 bytes\n\n`,
  );
  expect(shell.last?.isMisuse).toBe(true);
});

test.each(["10", "20", "x"])("there is no mechanism %s", async (mechanism) => {
  expect(await shell.type(signing(120, mechanism))).toMatch(
    /^\nError: Mechanism \(-m\) is not valid\.\n\nDescription\n/,
  );
});
