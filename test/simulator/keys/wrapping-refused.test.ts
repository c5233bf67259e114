import { generateKeyPairSync, randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { KeyWish } from "../../../src/hsm/key-making.ts";
import type { WrapMethod, WrappedKind } from "../../../src/hsm/key-wrapping.ts";
import type { ReturnCodeName } from "../../../src/hsm/return-code.ts";
import { users } from "../../harness/backups.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { type LoggedIn, TestedHsm } from "../../harness/tested-hsm.ts";
import { bring, pkcs5, plainWish, unwrap, wrapBare } from "../../harness/transported-keys.ts";

const aesKind: WrappedKind = { class: "secret", type: "AES" };
const padded: WrapMethod = { mechanism: "NIST_AES_WRAP_PAD" };

let hsm: TestedHsm;
let alice: LoggedIn;
let bob: LoggedIn;
let carol: LoggedIn;
let root: number;

beforeAll(async () => {
  hsm = await TestedHsm.with(users(["CO", "admin"], ["CU", "alice"], ["CU", "bob"], ["CU", "carol"]));
  alice = await hsm.login("CU", "alice");
  bob = await hsm.login("CU", "bob");
  carol = await hsm.login("CU", "carol");
  root = await make();
});

/** A new AES key of alice's, or another of these users. */
function make(more: Partial<KeyWish> = {}, who = alice): Promise<number> {
  return who.hsm.making.secret(who.session, { ...plainWish, ...more, shape: { type: "AES", size: 256 } });
}

function set(handle: number, attribute: number, word: string): Promise<void> {
  return alice.hsm.keys.setAttribute(alice.session, handle, attribute, word);
}

/** The codes that the requests answer which use a wrapping key, for these users and keys. */
async function codes(who: LoggedIn, key: number, under: number): Promise<readonly ReturnCodeName[]> {
  const { bytes } = await wrapBare(alice, root, root, pkcs5);
  const { wrapping } = who.hsm;
  return [
    await codeOf(wrapBare(who, key, under, padded)),
    await codeOf(wrapping.wrapData(who.session, under, bytes)),
    await codeOf(wrapping.unwrapData(who.session, under, bytes)),
  ];
}

describe("who wraps", () => {
  it("is the owner alone; who has a share may wrap with the key, and nobody else", async () => {
    const shared = await make({ sharedWith: [3] });
    const own = await make({}, bob);
    expect(await codes(alice, shared, shared)).toEqual(["SUCCESS", "SUCCESS", "WRAPPED_DATA_INVALID"]);
    expect(await codes(bob, own, shared)).toEqual(["SUCCESS", "SUCCESS", "WRAPPED_DATA_INVALID"]);
    expect(await codes(bob, shared, own)).toEqual(["KEY_ACCESS_DENIED", "SUCCESS", "WRAPPED_DATA_INVALID"]);
    const other = await make({}, carol);
    expect(await codes(carol, other, shared)).toEqual(["KEY_ACCESS_DENIED", "KEY_ACCESS_DENIED", "KEY_ACCESS_DENIED"]);
    expect(await codes(alice, shared, 999)).toEqual(Array(3).fill("INVALID_OBJECT_HANDLE"));
    expect(await codeOf(wrapBare(alice, 999, root, padded))).toBe("INVALID_OBJECT_HANDLE");
  });

  it("is somebody who is logged in, and no officer", async () => {
    const officer = await hsm.login("CO", "admin");
    expect(await codes(officer, root, root)).toEqual(Array(3).fill("NOT_AUTHORISED"));
    expect(await codes({ ...officer, session: 0 }, root, root)).toEqual(Array(3).fill("NOT_LOGGED_IN"));
    const wrapped = { bytes: new Uint8Array(24) };
    const wish = { ...plainWish, wrapped, under: root, method: padded, kind: aesKind };
    expect(await codeOf(officer.hsm.wrapping.unwrap(officer.session, wish))).toBe("NOT_AUTHORISED");
    const publicWish = { ...plainWish, publicKey: new Uint8Array() };
    expect(await codeOf(officer.hsm.wrapping.importPublic(officer.session, publicWish))).toBe("NOT_AUTHORISED");
    expect(await codeOf(officer.hsm.wrapping.exportPublic(officer.session, root))).toBe("NOT_AUTHORISED");
  });
});

describe("what is wrapped", () => {
  it("is extractable, and needs nobody's approval", async () => {
    expect(await codeOf(wrapBare(alice, await make({ extractable: false }), root, padded))).toBe("KEY_ACCESS_DENIED");
    const quorum = await make({ sharedWith: [3], mValue: 2 });
    expect(await codes(alice, quorum, root)).toEqual(["MXN_AUTH_FAILED", "SUCCESS", "SUCCESS"]);
    expect(await codes(alice, root, quorum)).toEqual(Array(3).fill("MXN_AUTH_FAILED"));
  });

  it("goes under trusted keys only, where it says so", async () => {
    const careful = await make();
    await set(careful, 528, "1");
    expect(await codeOf(wrapBare(alice, careful, root, padded))).toBe("KEY_UNSUITABLE");
    const trusted = await make();
    const officer = await hsm.login("CO", "admin");
    await officer.hsm.keys.setAttribute(officer.session, trusted, 134, "1");
    expect(await codeOf(wrapBare(alice, careful, trusted, padded))).toBe("SUCCESS");
  });

  it("goes under keys that may wrap, and comes from those that may unwrap", async () => {
    const noWrap = await make();
    await set(noWrap, 262, "0");
    expect(await codes(alice, root, noWrap)).toEqual(["KEY_UNSUITABLE", "KEY_UNSUITABLE", "WRAPPED_DATA_INVALID"]);
    const noUnwrap = await make();
    await set(noUnwrap, 263, "0");
    expect(await codes(alice, root, noUnwrap)).toEqual(["SUCCESS", "SUCCESS", "KEY_UNSUITABLE"]);
    const wrapped = await wrapBare(alice, root, noUnwrap, padded);
    const request = unwrap(alice, { wrapped, under: noUnwrap, method: padded, kind: aesKind });
    expect(await codeOf(request)).toBe("KEY_UNSUITABLE");
  });

  it("goes under a key of the mechanism's kind, and is no public key", async () => {
    const pair = { ...plainWish, shape: { type: "RSA", size: 2048 } } as const;
    const { publicKey, privateKey } = await alice.hsm.making.pair(alice.session, pair);
    const des = await alice.hsm.making.secret(alice.session, { ...plainWish, shape: { type: "3DES", size: 192 } });
    for (const under of [publicKey, privateKey, des]) {
      expect(await codeOf(wrapBare(alice, root, under, padded))).toBe("KEY_UNSUITABLE");
    }
    for (const under of [root, privateKey]) {
      expect(await codeOf(wrapBare(alice, root, under, { mechanism: "RSA_OAEP" }))).toBe("KEY_UNSUITABLE");
    }
    expect(await codeOf(wrapBare(alice, publicKey, root, padded))).toBe("KEY_UNSUITABLE");
    expect(await codeOf(wrapBare(alice, privateKey, publicKey, { mechanism: "RSA_OAEP" }))).toBe("KEY_UNSUITABLE");
    expect(await codeOf(alice.hsm.wrapping.exportPublic(alice.session, privateKey))).toBe("KEY_UNSUITABLE");
    expect(await codeOf(carol.hsm.wrapping.exportPublic(carol.session, publicKey))).toBe("SUCCESS");
    // Everybody may wrap with a public key, of their own.
    expect(await codeOf(wrapBare(carol, await make({}, carol), publicKey, { mechanism: "RSA_AES" }))).toBe("SUCCESS");
    const wish = { key: root, under: root, method: padded, header: false, class: "private" } as const;
    expect(await codeOf(alice.hsm.wrapping.wrap(alice.session, wish))).toBe("KEY_UNSUITABLE");
  });
});

describe("what does not open", () => {
  it("is answered alike, whatever is wrong", async () => {
    const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const encoded = pair.privateKey.export({ type: "pkcs8", format: "der" });
    const privateKey = await bring(alice, root, { kind: { class: "private", type: "RSA" }, bytes: encoded });
    const spki = pair.publicKey.export({ type: "spki", format: "der" });
    const publicKey = await alice.hsm.wrapping.importPublic(alice.session, { ...plainWish, publicKey: spki });
    const methods: readonly (readonly [number, number, WrapMethod, WrapMethod])[] = [
      [root, root, pkcs5, { mechanism: "NIST_AES_WRAP_PAD" }],
      [root, root, { mechanism: "NIST_AES_WRAP_PAD" }, pkcs5],
      [root, root, { mechanism: "NIST_AES_WRAP_NO_PAD" }, { mechanism: "CLOUDHSM_AES_GCM" }],
      [root, root, { mechanism: "AES_GCM" }, { mechanism: "AES_GCM", additional: randomBytes(3) }],
      [root, root, { mechanism: "CLOUDHSM_AES_GCM", tagLength: 16 }, { mechanism: "CLOUDHSM_AES_GCM", tagLength: 12 }],
      [publicKey, privateKey, { mechanism: "RSA_OAEP", hash: "sha256" }, { mechanism: "RSA_OAEP", hash: "sha1" }],
      [publicKey, privateKey, { mechanism: "RSA_AES", hash: "sha256" }, { mechanism: "RSA_AES", hash: "sha512" }],
      [publicKey, privateKey, { mechanism: "RSA_AES" }, { mechanism: "RSA_OAEP" }],
    ];
    for (const [wrapper, opener, method, wrong] of methods) {
      const wrapped = await wrapBare(alice, root, wrapper, method);
      const open = (changed: typeof wrapped, how: WrapMethod, under = opener) =>
        codeOf(unwrap(alice, { wrapped: changed, under, method: how, kind: aesKind }));
      expect(await open(wrapped, method)).toBe("SUCCESS");
      expect(await open(wrapped, wrong)).toBe("WRAPPED_DATA_INVALID");
      const bytes = Buffer.from(wrapped.bytes);
      bytes[5] = (bytes[5] ?? 0) ^ 1;
      expect(await open({ ...wrapped, bytes }, method)).toBe("WRAPPED_DATA_INVALID");
      expect(await open({ ...wrapped, bytes: wrapped.bytes.subarray(0, -1) }, method)).toBe("WRAPPED_DATA_INVALID");
      expect(await open({ ...wrapped, bytes: new Uint8Array() }, method)).toBe("WRAPPED_DATA_INVALID");
    }
    const other = await make();
    const wrapped = await wrapBare(alice, root, root, padded);
    expect(await codeOf(unwrap(alice, { wrapped, under: other, method: padded, kind: aesKind }))).toBe(
      "WRAPPED_DATA_INVALID",
    );
    const apart = await wrapBare(alice, root, root, { mechanism: "AES_GCM" });
    const withoutIv = { wrapped: { bytes: apart.bytes }, under: root, method: { mechanism: "AES_GCM" } } as const;
    expect(await codeOf(unwrap(alice, { ...withoutIv, kind: aesKind }))).toBe("WRAPPED_DATA_INVALID");
  });

  const rejected: readonly (readonly [string, WrappedKind, () => Buffer, ReturnCodeName])[] = [
    ["AES of 20 bytes", aesKind, () => randomBytes(20), "POLICY_VIOLATION"],
    ["3DES of 16 bytes", { class: "secret", type: "3DES" }, () => randomBytes(16), "POLICY_VIOLATION"],
    ["a secret of 3584 bytes", { class: "secret", type: "GENERIC" }, () => randomBytes(3584), "POLICY_VIOLATION"],
    ["RSA 1024", { class: "private", type: "RSA" }, () => rsaOf(1024), "POLICY_VIOLATION"],
    ["RSA with exponent 3", { class: "private", type: "RSA" }, () => rsaOf(2048, 3), "POLICY_VIOLATION"],
    ["EC on prime192v1", { class: "private", type: "EC" }, () => ecOf("prime192v1"), "POLICY_VIOLATION"],
    ["EC that is called RSA", { class: "private", type: "RSA" }, () => ecOf("prime256v1"), "WRAPPED_DATA_INVALID"],
    ["no PKCS #8", { class: "private", type: "EC" }, () => randomBytes(138), "WRAPPED_DATA_INVALID"],
    ["a secret private key", { class: "private", type: "AES" }, () => randomBytes(32), "INVALID_INPUT"],
    ["a private secret key", { class: "secret", type: "RSA" }, () => rsaOf(2048), "INVALID_INPUT"],
  ];

  it.each(rejected)("or is no key of the HSM: %s", async (_, kind, bytes, code) => {
    expect(await codeOf(bring(alice, root, { kind, bytes: bytes() }))).toBe(code);
  });

  it("or is an EC key whose numbers are of two keys", async () => {
    const one = ecOf("prime256v1");
    const two = ecOf("prime256v1");
    // The private number has 32 bytes from 36 on, the point stands at the end.
    const mixed = Buffer.concat([one.subarray(0, 36), two.subarray(36, 68), one.subarray(68)]);
    const kind = { class: "private", type: "EC" } as const;
    expect(await codeOf(bring(alice, root, { kind, bytes: one }))).toBe("SUCCESS");
    expect(await codeOf(bring(alice, root, { kind, bytes: mixed }))).toBe("WRAPPED_DATA_INVALID");
  });

  it("takes no data that is empty, or longer than 4095 bytes", async () => {
    const wrap = (length: number) => codeOf(alice.hsm.wrapping.wrapData(alice.session, root, randomBytes(length)));
    expect(await Promise.all([0, 1, 4095, 4096].map(wrap))).toEqual([
      "INVALID_INPUT",
      "SUCCESS",
      "SUCCESS",
      "INVALID_INPUT",
    ]);
  });
});

function rsaOf(modulusLength: number, publicExponent = 65_537): Buffer {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength, publicExponent });
  return privateKey.export({ type: "pkcs8", format: "der" });
}

function ecOf(namedCurve: string): Buffer {
  return generateKeyPairSync("ec", { namedCurve }).privateKey.export({ type: "pkcs8", format: "der" });
}
