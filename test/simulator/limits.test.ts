import { beforeAll, describe, expect, test } from "vitest";
import type { Backup } from "../../src/simulator/cluster-image.ts";
import type { Hsm } from "../../src/hsm/hsm.ts";
import { offerPassword } from "../../src/hsm/password-offer.ts";
import { HsmError, returnCodes } from "../../src/hsm/return-code.ts";
import type { UserType } from "../../src/hsm/user.ts";
import { cluster, user, withMore } from "../harness/backups.ts";
import { inFile } from "../harness/keepers.ts";
import { codeOf, expectCode } from "../harness/return-codes.ts";
import { TestedHsm, credentials, logIn } from "../harness/tested-hsm.ts";

let backup: Backup;
beforeAll(async () => {
  backup = await cluster([user(1, "CO", "admin", "co12345")]);
});

/** An HSM in a file, as operators have it. */
async function newHsm(content: Backup): Promise<Hsm> {
  return (await TestedHsm.with(content, { keeper: inFile() })).hsm;
}

/** An HSM with an officer logged in. */
async function staffed(content = backup): Promise<{ readonly hsm: Hsm; readonly session: number }> {
  const hsm = await newHsm(content);
  const { session } = await logIn(hsm, "CO", "admin", "co12345");
  return { hsm, session };
}

describe("names", () => {
  test.each([
    ["a", "SUCCESS"],
    ["a".repeat(31), "SUCCESS"],
    ["a".repeat(32), "INVALID_INPUT"],
    ["Az_09", "SUCCESS"],
    ["_", "SUCCESS"],
    ["7", "SUCCESS"],
    ["", "INVALID_INPUT"],
    ["a-b", "INVALID_INPUT"],
    ["a.b", "INVALID_INPUT"],
    ["a b", "INVALID_INPUT"],
    ["a\n", "INVALID_INPUT"],
    ["\u00e9va", "INVALID_INPUT"],
    ["\u212aelvin", "INVALID_INPUT"],
    ["__proto__", "SUCCESS"],
    ["constructor", "SUCCESS"],
    ["ADMIN", "USER_EXISTS"],
  ] as const)("%j: %s", async (name, code) => {
    const { hsm, session } = await staffed();
    await expectCode(hsm.users.create(session, credentials("CU", name, "user123")), code);
    const names = (await hsm.users.list()).map((user) => user.name);
    expect(names).toEqual(code === "SUCCESS" ? ["admin", name] : ["admin"]);
    if (code === "SUCCESS") await expectCode(logIn(hsm, "CU", name, "user123"), "SUCCESS");
  });

  test("match without case, and are kept as they were given", async () => {
    const { hsm, session } = await staffed();
    await hsm.users.create(session, credentials("CU", "Alice", "user123"));
    expect(await logIn(hsm, "CU", "aLICE", "user123")).toMatchObject({ name: "Alice", userId: 2 });
  });
});

describe("passwords", () => {
  test.each([
    ["6 bytes", "x".repeat(6), "PASSWORD_LENGTH"],
    ["7 bytes", "x".repeat(7), "SUCCESS"],
    ["32 bytes", "x".repeat(32), "SUCCESS"],
    ["33 bytes", "x".repeat(33), "PASSWORD_LENGTH"],
    ["4 letters of 2 bytes", "\u00e9".repeat(4), "SUCCESS"],
    ["17 letters of 2 bytes", "\u00e9".repeat(17), "PASSWORD_LENGTH"],
    ["8 letters of 4 bytes", "\u{1f511}".repeat(8), "SUCCESS"],
    ["9 letters of 4 bytes", "\u{1f511}".repeat(9), "PASSWORD_LENGTH"],
    ["signs", `+ / = ' " $ \\ #`, "SUCCESS"],
    ["nothing", "", "PASSWORD_LENGTH"],
  ] as const)("%s", async (_, text, code) => {
    const { hsm, session } = await staffed();
    const password = offerPassword(text);
    await expectCode(hsm.users.create(session, { type: "CU", name: "alice", password }), code);
    await expectCode(hsm.users.changePassword(session, { type: "CO", name: "admin", password }), code);
    const now = code === "SUCCESS" ? text : "co12345";
    await expectCode(logIn(hsm, "CO", "admin", now), "SUCCESS");
  });

  test.each(["CO12345", "co12345 ", "co1234", "co123456", ""])("%j is not co12345", async (text) => {
    const { hsm } = await staffed();
    await expectCode(logIn(hsm, "CO", "admin", text), "LOGIN_FAILURE");
  });
});

describe("types matter with their case", () => {
  test.each(["co", "Co", "", "XX", "CRYPTO", "preCo"])("%j is none", async (type) => {
    const { hsm, session } = await staffed();
    const password = offerPassword("user123");
    await expectCode(hsm.logins.login({ type, name: "admin", password }), "UNKNOWN_USER_TYPE");
    await expectCode(hsm.users.create(session, { type, name: "alice", password }), "UNKNOWN_USER_TYPE");
    await expectCode(hsm.users.changePassword(session, { type, name: "admin", password }), "UNKNOWN_USER_TYPE");
    await expectCode(hsm.users.delete(session, { type, name: "admin" }), "UNKNOWN_USER_TYPE");
    expect(await hsm.users.list()).toMatchObject([{ name: "admin", loginFailures: 0 }]);
  });

  const asked = ["PRECO", "preCO", "PCO", "CO", "CU", "AU"] as const;
  const answering: Readonly<Record<UserType, readonly string[]>> = {
    PRECO: ["PRECO", "preCO"],
    PCO: ["PCO", "CO"],
    CO: ["CO"],
    CU: ["CU"],
    AU: ["AU"],
  };
  const pairs = Object.entries(answering).flatMap(([type, words]) =>
    asked.map((word) => [type as UserType, word, words.includes(word)] as const),
  );
  test.each(pairs)("a %s answers to %s: %s", async (type, word, answers) => {
    const { hsm } = await staffed(await withMore(backup, [user(9, type, "somebody", "some123")]));
    await expectCode(logIn(hsm, word, "somebody", "some123"), answers ? "SUCCESS" : "USER_NOT_FOUND");
  });
});

describe("users", () => {
  const crowd = (last: number) => {
    const one = offerPassword("user123");
    const ids = Array.from({ length: last - 1 }, (_, i) => i + 2);
    return withMore(
      backup,
      ids.map((id) => ({ id, type: "CU", name: `user${String(id)}`, password: one })),
    );
  };
  const add = (hsm: Hsm, session: number, name: string) =>
    hsm.users.create(session, credentials("CU", name, "user123"));

  test("1,024 have room, one more has not, and a deleted one makes room with its id", async () => {
    const { hsm, session } = await staffed(await crowd(1023));
    expect(await add(hsm, session, "last")).toMatchObject({ id: 1024 });
    await expectCode(add(hsm, session, "surplus"), "USER_LIMIT");
    const source = await newHsm(await withMore(backup, [user(500, "CU", "moved")]));
    const masked = await source.users.extract((await logIn(source, "CO", "admin", "co12345")).session, 500);
    await expectCode(hsm.users.insert(session, masked), "OBJECT_CONFLICT");
    await hsm.users.delete(session, { type: "CU", name: "user500" });
    expect(await hsm.users.insert(session, masked)).toMatchObject({ id: 500, name: "moved" });
    await hsm.users.delete(session, { type: "CU", name: "user77" });
    expect(await add(hsm, session, "heir")).toMatchObject({ id: 77 });
    expect(await hsm.users.list()).toHaveLength(1024);
  });

  test("ids count on from the highest", async () => {
    const { hsm, session } = await staffed();
    expect(await add(hsm, session, "two")).toMatchObject({ id: 2 });
    expect(await add(hsm, session, "three")).toMatchObject({ id: 3 });
    await hsm.users.delete(session, { type: "CU", name: "two" });
    expect(await add(hsm, session, "four")).toMatchObject({ id: 4 });
  });

  test("a PRECO that sets its password is a CO from then on, in the same login", async () => {
    const hsm = await newHsm(await cluster([user(1, "PRECO", "admin", "co12345")]));
    const { session } = await logIn(hsm, "PRECO", "admin", "co12345");
    await expectCode(add(hsm, session, "alice"), "NOT_AUTHORISED");
    const password = offerPassword("activated1");
    expect(await hsm.users.changePassword(session, { type: "PRECO", name: "admin", password })).toMatchObject({
      type: "CO",
    });
    await expectCode(logIn(hsm, "PRECO", "admin", "activated1"), "USER_NOT_FOUND");
    await expectCode(add(hsm, session, "alice"), "SUCCESS");
    await expectCode(logIn(hsm, "CO", "admin", "activated1"), "SUCCESS");
  });
});

describe("return codes", () => {
  const rows = Object.entries(returnCodes);

  test("every number and every text stands for one thing", () => {
    expect(new Set(rows.map(([, { code }]) => code)).size).toBe(rows.length);
    expect(new Set(rows.map(([, { text }]) => text)).size).toBe(rows.length);
  });

  test.each(rows)("%s: ours are outside the documented numbers", (_, { code, evidence }) => {
    const isOurs = code >= 0x1001 && code <= 0x1fff;
    expect(isOurs).toBe(evidence !== "documented");
  });

  test("an error tells its code and text, and no more", async () => {
    const { hsm } = await staffed();
    const error = await logIn(hsm, "CO", "admin", "wrong-secret").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(HsmError);
    expect(error).toMatchObject({ code: 0xa3, message: "HSM Error: RET_USER_LOGIN_FAILURE" });
    expect(JSON.stringify(error) + String(error)).not.toContain("secret");
    expect(await codeOf(Promise.resolve())).toBe("SUCCESS");
  });
});
