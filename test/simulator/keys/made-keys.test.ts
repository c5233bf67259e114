import { beforeAll, describe, expect, test } from "vitest";
import type { PairWish, SecretWish } from "../../../src/hsm/key-making.ts";
import type { SecretShape } from "../../../src/hsm/key-type.ts";
import { cluster, user } from "../../harness/backups.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { plainWish } from "../../harness/transported-keys.ts";
import { TestedHsm, credentials } from "../../harness/tested-hsm.ts";

const people = [user(3, "CO", "officer"), user(4, "CU", "alice"), user(5, "CU", "bob")] as const;
const [officer, alice, bob, nobody] = [3, 4, 5, 77];

const aes = { type: "AES", size: 256 } as const satisfies SecretShape;
const secret = {
  ...plainWish,
  shape: aes,
  label: "one",
} as const satisfies SecretWish;
const pair = { ...secret, shape: { type: "EC", curve: "P-256" } } as const satisfies PairWish;

let blank: TestedHsm;
beforeAll(async () => {
  blank = await TestedHsm.with(await cluster(people, []), { maxKeys: 2 });
});

const refused: readonly (readonly [string, Partial<SecretWish>, string])[] = [
  [
    "a size that AES does not have",
    { shape: { type: "AES", size: 111 } as unknown as SecretShape },
    "POLICY_VIOLATION",
  ],
  ["shares with the owner", { sharedWith: [alice] }, "INVALID_INPUT"],
  ["shares with an officer", { sharedWith: [officer] }, "INVALID_INPUT"],
  ["shares with nobody who is there", { sharedWith: [nobody] }, "INVALID_INPUT"],
  ["shares with one user twice", { sharedWith: [bob, bob] }, "INVALID_INPUT"],
  ["more approvals than users", { sharedWith: [bob], mValue: 3 }, "INVALID_INPUT"],
  ["a session key that is shared", { token: false, sharedWith: [bob] }, "INVALID_INPUT"],
  ["a label that is too long", { label: "x".repeat(128) }, "INVALID_INPUT"],
];

describe("a secret key is refused", () => {
  test.each(refused)("for %s", async (_, difference, code) => {
    const { hsm, session } = await (await blank.copy()).login("CU", "alice");
    expect(await codeOf(hsm.making.secret(session, { ...secret, ...difference }))).toBe(code);
    expect(await hsm.making.search(session, {})).toEqual([]);
  });
});

test.each([3, 65_538, 2 ** 32 + 1])("no pair has %i as its exponent", async (publicExponent) => {
  const { hsm, session } = await (await blank.copy()).login("CU", "alice");
  const wish: PairWish = { ...pair, shape: { type: "RSA", size: 2048 }, publicExponent };
  expect(await codeOf(hsm.making.pair(session, wish))).toBe("POLICY_VIOLATION");
});

test("an id is of one key of a class, whoever owns it; an empty one of many", async () => {
  const hsm = await blank.copy();
  const first = await hsm.login("CU", "alice");
  await first.hsm.making.secret(first.session, { ...secret, token: false, id: "mine" });
  await first.hsm.making.secret(first.session, { ...secret, id: "mine" });
  const second = await hsm.login("CU", "bob");
  expect(await codeOf(second.hsm.making.secret(second.session, { ...secret, id: "mine" }))).toBe("KEY_ID_TAKEN");
  expect(await codeOf(second.hsm.making.pair(second.session, { ...pair, token: false, id: "mine" }))).toBe("SUCCESS");
  expect(await codeOf(second.hsm.making.secret(second.session, secret))).toBe("SUCCESS");
});

test("a pair counts two, a session key none, and a deleted key makes room but leaves its handle unused", async () => {
  const { hsm, session } = await (await blank.copy()).login("CU", "alice");
  const one = await hsm.making.secret(session, secret);
  expect(await codeOf(hsm.making.pair(session, pair))).toBe("KEY_LIMIT");
  expect(await codeOf(hsm.making.pair(session, { ...pair, token: false }))).toBe("SUCCESS");
  await hsm.making.delete(session, one);
  const { publicKey, privateKey } = await hsm.making.pair(session, pair);
  expect(publicKey).toBeGreaterThan(one);
  expect(privateKey).toBe(publicKey + 1);
});

test("a key that more must approve of is not deleted by its owner alone", async () => {
  const { hsm, session } = await (await blank.copy()).login("CU", "alice");
  const handle = await hsm.making.secret(session, { ...secret, sharedWith: [bob], mValue: 2 });
  expect(await codeOf(hsm.making.delete(session, handle))).toBe("MXN_AUTH_FAILED");
  expect(await hsm.making.search(session, {})).toEqual([handle]);
});

test("session keys are gone with their login, and are nobody's else meanwhile", async () => {
  const hsm = await blank.copy();
  const mine = await hsm.login("CU", "alice");
  const handle = await mine.hsm.making.secret(mine.session, { ...secret, token: false });
  expect(await mine.hsm.making.search(mine.session, { session: true })).toEqual([handle]);
  const other = await hsm.login("CU", "alice");
  expect(await other.hsm.making.search(other.session, {})).toEqual([]);
  await mine.hsm.logins.logout(mine.session);
  const again = (await mine.hsm.logins.login(credentials("CU", "alice"))).session;
  expect(await mine.hsm.making.search(again, {})).toEqual([]);
});
