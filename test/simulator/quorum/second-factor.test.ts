import { createHash, sign } from "node:crypto";
import { expect, test } from "vitest";
import type { SecondFactor } from "../../../src/hsm/hsm.ts";
import { offerPassword } from "../../../src/hsm/password-offer.ts";
import { type KeyPair, drawKeyPair, factor, keyPair, register, signDigest } from "../../harness/key-pairs.ts";
import { users } from "../../harness/backups.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { type Connection, type LoggedIn, TestedHsm, credentials } from "../../harness/tested-hsm.ts";

const [key1, key2] = [keyPair(0), keyPair(1)];

async function cluster(): Promise<{ readonly tested: TestedHsm; readonly admin: LoggedIn }> {
  const tested = await TestedHsm.with(users(["CO", "admin"], ["CO", "officer"], ["CU", "bob"]));
  return { tested, admin: await tested.login("CO", "admin") };
}

async function flags({ hsm }: Connection, name: string) {
  const user = (await hsm.users.list()).find((each) => each.name === name);
  return { quorumKey: user?.quorumKey, twoFactor: user?.twoFactor };
}

test("an officer with a second factor logs in with it and not without", async () => {
  const { tested, admin } = await cluster();
  await admin.hsm.users.create(admin.session, credentials("CO", "alice"), await factor(admin, key1));
  expect(await flags(admin, "alice")).toEqual({ quorumKey: true, twoFactor: true });
  const shell = await tested.connect();
  const login = (signature?: Uint8Array) => codeOf(shell.hsm.logins.login(credentials("CO", "alice"), signature));
  expect(await login()).toBe("SECOND_FACTOR_MISSING");
  expect(await login(signDigest(await shell.hsm.logins.challenge(), key2))).toBe("SECOND_FACTOR_WRONG");
  const digest = await shell.hsm.logins.challenge();
  expect(await login(sign("sha256", digest, key1.privateKey))).toBe("SECOND_FACTOR_WRONG");
  expect(await login(signDigest(digest, key1))).toBe("SUCCESS");
});

test("a digest serves once, on its connection, until the next is drawn", async () => {
  const { tested, admin } = await cluster();
  await admin.hsm.users.create(admin.session, credentials("CO", "alice"), await factor(admin, key1));
  const [shell, other] = [await tested.connect(), await tested.connect()];
  const login = ({ hsm }: Connection, signature: Uint8Array) =>
    codeOf(hsm.logins.login(credentials("CO", "alice"), signature));
  const old = signDigest(await shell.hsm.logins.challenge(), key1);
  const signature = signDigest(await shell.hsm.logins.challenge(), key1);
  expect(await login(shell, old)).toBe("SECOND_FACTOR_WRONG");
  expect(await login(other, signature)).toBe("SECOND_FACTOR_WRONG");
  expect(await login(shell, signature)).toBe("SUCCESS");
  expect(await login(shell, signature)).toBe("SECOND_FACTOR_WRONG");
});

test("a wrong password counts, a missing or wrong second factor does not", async () => {
  const { tested, admin } = await cluster();
  await admin.hsm.users.create(admin.session, credentials("CO", "alice"), await factor(admin, key1));
  const { hsm } = await tested.connect();
  const failures = async () => (await hsm.users.list()).find(({ name }) => name === "alice")?.loginFailures;
  const wrong = { ...credentials("CO", "alice"), password: offerPassword("wrong password") };
  expect(await codeOf(hsm.logins.login(wrong, signDigest(await hsm.logins.challenge(), key1)))).toBe("LOGIN_FAILURE");
  expect(await failures()).toBe(1);
  expect(await codeOf(hsm.logins.login(credentials("CO", "alice")))).toBe("SECOND_FACTOR_MISSING");
  expect(await failures()).toBe(1);
});

test("a user without a second factor logs in whatever is signed", async () => {
  const { tested } = await cluster();
  const { hsm } = await tested.connect();
  for (const [type, name] of [["CO", "officer"] as const, ["CU", "bob"] as const]) {
    expect(await codeOf(hsm.logins.login(credentials(type, name), Buffer.from("nonsense")))).toBe("SUCCESS");
  }
});

test("changePassword enables, rotates and takes away the second factor and the quorum key", async () => {
  const { tested, admin } = await cluster();
  await register(admin, "officer", key1);
  const officer = await tested.login("CO", "officer");
  const change = async (signed?: SecondFactor) =>
    codeOf(officer.hsm.users.changePassword(officer.session, credentials("CO", "officer"), signed));
  expect(await flags(admin, "officer")).toEqual({ quorumKey: true, twoFactor: false });
  expect(await change(await factor(officer, key1))).toBe("SUCCESS");
  expect(await flags(admin, "officer")).toEqual({ quorumKey: true, twoFactor: true });
  expect(await change(await factor(officer, key2))).toBe("SUCCESS");
  const login = async (key: KeyPair) => {
    const { hsm } = await tested.connect();
    const signature = signDigest(await hsm.logins.challenge(), key);
    return codeOf(hsm.logins.login(credentials("CO", "officer"), signature));
  };
  expect([await login(key1), await login(key2)]).toEqual(["SECOND_FACTOR_WRONG", "SUCCESS"]);
});

test("without a second factor changePassword leaves none, and no quorum key", async () => {
  const { admin } = await cluster();
  const { hsm, session } = admin;
  await hsm.users.changePassword(session, credentials("CO", "officer"), await factor(admin, key1));
  await hsm.users.changePassword(session, credentials("CO", "officer"));
  expect(await flags(admin, "officer")).toEqual({ quorumKey: false, twoFactor: false });
});

test("what is wrong with a second factor is told, and nothing is created", async () => {
  const { admin } = await cluster();
  const { hsm, session } = admin;
  const create = (type: string, signed: SecondFactor) =>
    codeOf(hsm.users.create(session, credentials(type, "alice"), signed));
  expect(await create("CU", await factor(admin, key1))).toBe("SECOND_FACTOR_OFFICERS");
  const publicKey = key1.publicKey;
  expect(await create("CO", { ...(await factor(admin, key2)), publicKey })).toBe("SECOND_FACTOR_WRONG");
  expect(await create("CO", await factor(admin, drawKeyPair(1024)))).toBe("PUBLIC_KEY_KIND");
  await register(admin, "officer", key1);
  expect(await create("CO", await factor(admin, key1))).toBe("PUBLIC_KEY_TAKEN");
  expect(await hsm.users.list()).toHaveLength(3);
});

test("a second factor's key is not replaced by a mere registration, and approves as it is", async () => {
  const { admin } = await cluster();
  const { hsm, session } = admin;
  await hsm.users.changePassword(session, credentials("CO", "admin"), await factor(admin, key1));
  expect(await codeOf(register(admin, "admin", key2))).toBe("SECOND_FACTOR_KEY");
  expect(await codeOf(register(admin, "admin", key1))).toBe("SUCCESS");
  expect(await flags(admin, "admin")).toEqual({ quorumKey: true, twoFactor: true });
});

test("a public key whose body is one line is read, as it stands in authentication data", async () => {
  const { admin } = await cluster();
  const body = key1.publicKey.replace(/-----[^-]+-----/g, "").replaceAll("\n", "");
  const publicKey = `-----BEGIN PUBLIC KEY-----\n${body}\n-----END PUBLIC KEY-----`;
  const signed = { ...(await factor(admin, key1)), publicKey };
  expect(await codeOf(admin.hsm.users.create(admin.session, credentials("CO", "alice"), signed))).toBe("SUCCESS");
});

test("the digest is the SHA-256 of bytes that stay in the HSM, new ones each time", async () => {
  const { admin } = await cluster();
  const digests = [await admin.hsm.logins.challenge(), await admin.hsm.logins.challenge()];
  expect(digests.map((digest) => digest.length)).toEqual([createHash("sha256").digest().length, 32]);
  expect(digests[0]).not.toEqual(digests[1]);
});
