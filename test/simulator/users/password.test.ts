import * as crypto from "node:crypto";
import { inspect } from "node:util";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { bounds } from "../../../src/hsm/limits.ts";
import { offerPassword } from "../../../src/hsm/password-offer.ts";
import { fits, hashOf } from "../../../src/simulator/sealing/password-hash.ts";
import { passwords } from "../../../src/simulator/records/records.ts";
import { cluster, passwordCost } from "../../harness/backups.ts";
import { inFile } from "../../harness/keepers.ts";
import { expectCode } from "../../harness/return-codes.ts";
import { TestedHsm, logIn } from "../../harness/tested-hsm.ts";

// The real functions, watched.
vi.mock("node:crypto", async (original) => {
  const real = await original<typeof crypto>();
  return { ...real, scrypt: vi.fn(real.scrypt), timingSafeEqual: vi.fn(real.timingSafeEqual) };
});

const derivations = vi.mocked(crypto.scrypt);
const comparisons = vi.mocked(crypto.timingSafeEqual);
beforeEach(() => {
  derivations.mockClear();
  comparisons.mockClear();
});

const text = "secret-12345";
const users = () => [{ id: 1, type: "CO", name: "admin", password: offerPassword(text) }] as const;

/** HSMs of one cluster that are in step, in files as operators have them. */
async function inStep(count: number): Promise<readonly TestedHsm[]> {
  const backup = await cluster(users());
  const hsms: TestedHsm[] = [];
  while (hsms.length < count) hsms.push(await TestedHsm.with(backup, { keeper: inFile() }));
  derivations.mockClear();
  return hsms;
}

/** The hash that an HSM keeps of the officer's password. */
function keptHash({ store }: TestedHsm): Promise<string | undefined> {
  return store.read((snapshot) => passwords.get(snapshot, 1));
}

describe("a password shows its text to nobody", () => {
  const password: unknown = offerPassword(text);
  test.each([
    ["String", String(password)],
    ["template", String(password)],
    ["JSON", JSON.stringify({ password })],
    ["inspect", inspect({ password }, { depth: 9, showHidden: true })],
    ["its keys", JSON.stringify(Object.entries(password as object))],
    ["an error's message", new Error("refused", { cause: password }).message],
    ["an error as it is printed", inspect(new Error("refused", { cause: password }))],
  ])("%s", (_, shown) => {
    expect(shown).not.toContain("secret");
  });
});

describe("keeping", () => {
  test("scrypt with N = 2^14, r = 8, p = 1 and a salt of 16 bytes, stored with its parameters", async () => {
    expect(bounds.passwordCost.default).toBe(14);
    const hash = await hashOf(offerPassword(text), 14);
    const [, scheme, parameters, salt = "", kept = ""] = hash.split("$");
    expect([scheme, parameters]).toEqual(["scrypt", "ln=14,r=8,p=1"]);
    expect(Buffer.from(salt, "base64")).toHaveLength(16);
    const expected = crypto.scryptSync(text, Buffer.from(salt, "base64"), 32, {
      N: 16384,
      r: 8,
      p: 1,
      maxmem: 2 ** 26,
    });
    expect(Buffer.from(kept, "base64")).toEqual(expected);
  });

  test("each password has a salt of its own, each hash its own cost", async () => {
    const [one, two] = [await hashOf(offerPassword(text), 10), await hashOf(offerPassword(text), 11)];
    expect(one.split("$")[3]).not.toBe(two.split("$")[3]);
    for (const hash of [one, two]) {
      expect(await fits(offerPassword(text), hash)).toBe(true);
      expect(await fits(offerPassword(`${text}6`), hash)).toBe(false);
    }
  });

  test("nothing that an HSM keeps holds the text", async () => {
    const kept = await Promise.all((await inStep(1)).map(keptHash));
    expect(kept).toEqual([expect.stringMatching(/^\$scrypt\$ln=10,r=8,p=1\$/)]);
    expect(kept.join("")).not.toContain("secret");
  });

  const hash = "A".repeat(43) + "=";
  const salt = "A".repeat(22) + "==";

  test.each([-1, 0, 9, 21, 30, 12.5, Number.NaN])("a cost of %d is refused, in words", async (cost) => {
    await expectCode(hashOf(offerPassword(text), cost), "STORAGE_FAILURE");
  });

  test.each([
    "",
    "$scrypt$",
    "$scrypt$ln=14,r=8,p=1$AAAA$AAAA",
    `$argon2$ln=14,r=8,p=1$AAAA$${hash}`,
    `$scrypt$ln=14,r=9,p=1$AAAA$${hash}`,
    `$scrypt$ln=14,r=8,p=5$${salt}$${hash}`,
    `$scrypt$ln=21,r=8,p=1$${salt}$${hash}`,
    `$scrypt$ln=63,r=8,p=1$${salt}$${hash}`,
    `$scrypt$ln=9,r=8,p=1$${salt}$${hash}`,
    `$scrypt$ln=1,r=8,p=1$${salt}$${hash}`,
    `$scrypt$ln=0,r=8,p=1$${salt}$${hash}`,
    `$scrypt$ln=14,r=8,p=1$AAAA$${hash}`,
    `$scrypt$ln=14,r=8,p=1$${"A".repeat(28)}$${hash}`,
    `$scrypt$ln=14,r=8,p=1$${salt}$AAAA`,
  ])("%j is no hash, and no password fits it", async (kept) => {
    await expectCode(fits(offerPassword(text), kept), "STORAGE_FAILURE");
  });
});

describe("comparing costs one derivation", () => {
  test("for three HSMs in step, and in constant time on each", async () => {
    const hsms = await inStep(3);
    const credentials = { type: "CO", name: "admin", password: offerPassword(text) };
    comparisons.mockClear();
    await Promise.all(hsms.map(({ hsm }) => hsm.logins.prepare(credentials)));
    for (const { hsm } of hsms) await expectCode(hsm.logins.login(credentials), "SUCCESS");
    expect(derivations).toHaveBeenCalledTimes(1);
    expect(comparisons.mock.calls.length).toBeGreaterThanOrEqual(3);
    for (const [one, other] of comparisons.mock.calls) expect([one.byteLength, other.byteLength]).toEqual([32, 32]);
  });

  test.each([
    ["the right password", "CO", "admin", text, "SUCCESS"],
    ["a wrong password", "CO", "admin", "wrong-12345", "LOGIN_FAILURE"],
    ["a name that nobody has", "CO", "nobody", text, "UNKNOWN_USER_NAME"],
    ["another type", "CU", "admin", text, "USER_NOT_FOUND"],
    ["no type at all", "XX", "admin", text, "UNKNOWN_USER_TYPE"],
  ] as const)("for %s", async (_, type, name, password, code) => {
    const hsms = await inStep(1);
    for (const { hsm } of hsms) await expectCode(logIn(hsm, type, name, password), code);
    expect(derivations).toHaveBeenCalledTimes(1);
    expect(derivations.mock.calls[0]?.[3]).toMatchObject({ N: 2 ** passwordCost, r: 8, p: 1 });
  });

  test("also for a locked user", async () => {
    const hsms = await inStep(1);
    for (const { hsm } of hsms) {
      for (let time = 0; time < 5; time++) await expectCode(logIn(hsm, "CO", "admin", "wrong-12345"), "LOGIN_FAILURE");
      derivations.mockClear();
      await expectCode(logIn(hsm, "CO", "admin", text), "USER_LOCKED");
    }
    expect(derivations).toHaveBeenCalledTimes(1);
  });

  test("for setting one on three HSMs, which stay in step", async () => {
    const hsms = await inStep(3);
    const credentials = { type: "CO", name: "admin", password: offerPassword(text) };
    const changed = { ...credentials, password: offerPassword("another-12345") };
    const sessions = [];
    for (const { hsm } of hsms) sessions.push({ hsm, ...(await hsm.logins.login(credentials)) });
    derivations.mockClear();
    for (const { hsm, session } of sessions) await hsm.users.changePassword(session, changed);
    expect(derivations).toHaveBeenCalledTimes(1);
    expect(new Set(await Promise.all(hsms.map(keptHash))).size).toBe(1);
  });

  test("for each salt, where HSMs are out of step", async () => {
    const hsms = [...(await inStep(1)), ...(await inStep(1))];
    const credentials = { type: "CO", name: "admin", password: offerPassword(text) };
    derivations.mockClear();
    for (const { hsm } of hsms) await expectCode(hsm.logins.login(credentials), "SUCCESS");
    expect(derivations).toHaveBeenCalledTimes(2);
  });
});
