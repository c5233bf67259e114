import { generateKeyPairSync, randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { KeyWish } from "../../../src/hsm/key-making.ts";
import type { WrapMethod, WrappedKind } from "../../../src/hsm/key-wrapping.ts";
import { password, users } from "../../harness/backups.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { type LoggedIn, TestedHsm } from "../../harness/tested-hsm.ts";
import { bring, kcvOf, pkcs5, plainWish, take, unwrap, wrapBare } from "../../harness/transported-keys.ts";

const aesKind: WrappedKind = { class: "secret", type: "AES" };
const padded: WrapMethod = { mechanism: "NIST_AES_WRAP_PAD" };

let hsm: TestedHsm;
let alice: LoggedIn;
let root: number;

beforeAll(async () => {
  hsm = await TestedHsm.with(users(["CO", "admin"], ["CU", "alice"], ["CU", "bob"]));
  alice = await hsm.login("CU", "alice");
  root = await make();
});

/** A new AES key of alice's. */
function make(more: Partial<KeyWish> = {}): Promise<number> {
  return alice.hsm.making.secret(alice.session, { ...plainWish, ...more, shape: { type: "AES", size: 256 } });
}

function set(handle: number, attribute: number, word: string): Promise<void> {
  return alice.hsm.keys.setAttribute(alice.session, handle, attribute, word);
}

describe("with a header", () => {
  const wrapWithHeader = (key: number, method: WrapMethod = padded) =>
    alice.hsm.wrapping.wrap(alice.session, { key, under: root, method, header: true });

  it("a key comes back as what it was", async () => {
    const key = await make({ label: "my key" });
    for (const attribute of [264, 266, 528]) await set(key, attribute, "1");
    await set(key, 263, "0");
    const careful = (await alice.hsm.keys.attributes(alice.session, key, 512)).filter(
      ({ name }) => !["OBJ_ATTR_LOCAL", "OBJ_ATTR_ALWAYS_SENSITIVE"].includes(name),
    );
    const officer = await hsm.login("CO", "admin");
    const trusted = await make();
    await officer.hsm.keys.setAttribute(officer.session, trusted, 134, "1");
    for (const mechanism of ["NIST_AES_WRAP_PAD", "AES_GCM", "CLOUDHSM_AES_GCM"] as const) {
      const wish = { key, under: trusted, method: { mechanism }, header: true };
      const wrapped = await alice.hsm.wrapping.wrap(alice.session, wish);
      expect(wrapped.iv).toBeUndefined();
      const again = await unwrap(alice, {
        wrapped,
        under: trusted,
        method: { mechanism },
        label: undefined,
        id: undefined,
      });
      const attributes = await alice.hsm.keys.attributes(alice.session, again, 512);
      expect(attributes).toEqual(expect.arrayContaining(careful));
      expect(attributes).toContainEqual({ name: "OBJ_ATTR_LOCAL", value: { kind: "number", number: 0 } });
    }
  });

  it("does not make a key trusted, whatever it says", async () => {
    const { bytes } = await wrapWithHeader(root);
    const text = Buffer.from(bytes).toString("latin1").replace('"encrypt":true', '"trusted":true');
    const wrapped = { bytes: Buffer.from(text, "latin1") };
    const again = await unwrap(alice, { wrapped, under: root, method: padded });
    const [trusted] = await alice.hsm.keys.attributes(alice.session, again, 134);
    expect(trusted?.value).toEqual({ kind: "number", number: 0 });
    const gcm = await wrapWithHeader(root, { mechanism: "AES_GCM" });
    const changed = Buffer.from(Buffer.from(gcm.bytes).toString("latin1").replace('"key"', '"yek"'), "latin1");
    const request = unwrap(alice, { wrapped: { bytes: changed }, under: root, method: { mechanism: "AES_GCM" } });
    expect(await codeOf(request)).toBe("WRAPPED_DATA_INVALID");
  });

  it("is missed where there is none, or only a part of one", async () => {
    const { bytes } = await wrapWithHeader(root);
    const bare = await wrapBare(alice, root, root, padded);
    for (const each of [bare.bytes, bytes.subarray(0, 9), bytes.subarray(0, 60), new Uint8Array()]) {
      const request = unwrap(alice, { wrapped: { bytes: each }, under: root, method: padded });
      expect(await codeOf(request)).toBe("WRAPPED_HEADER_MISSING");
    }
    const other = unwrap(alice, { wrapped: { bytes }, under: root, method: pkcs5 });
    expect(await codeOf(other)).toBe("WRAPPED_DATA_INVALID");
  });
});

describe("what comes in", () => {
  const secret = { kind: aesKind, bytes: randomBytes(32) };

  it("is a session key where it is asked for, and wraps as one", async () => {
    const handle = await bring(alice, root, secret, { token: false });
    expect(await take(alice, handle, handle)).toEqual(secret.bytes);
    expect(await take(alice, root, handle)).toEqual(secret.bytes);
    await alice.hsm.logins.logout(alice.session);
    alice = { ...alice, session: (await alice.hsm.logins.login({ type: "CU", name: "alice", password })).session };
    expect(await codeOf(alice.hsm.keys.information(alice.session, handle))).toBe("INVALID_OBJECT_HANDLE");
  });

  it("has an id of its own, is shared and not extractable where that is asked for", async () => {
    const more = { id: "one", sharedWith: [3], mValue: 2, extractable: false };
    const handle = await bring(alice, root, secret, more);
    expect(await alice.hsm.keys.information(alice.session, handle)).toEqual({
      token: true,
      owner: 2,
      sharedWith: [3],
      mValue: 2,
    });
    expect(await codeOf(wrapBare(alice, handle, root, padded))).toBe("KEY_ACCESS_DENIED");
    expect(await codeOf(bring(alice, root, secret, { id: "one" }))).toBe("KEY_ID_TAKEN");
    expect(await codeOf(bring(alice, root, secret, { mValue: 2 }))).toBe("INVALID_INPUT");
  });

  it("has the check value of its pair, also where the point is compressed", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "secp224r1" });
    const whole = publicKey.export({ type: "spki", format: "der" });
    const point = whole.subarray(-56);
    const odd = (point.at(-1) ?? 0) % 2;
    const algorithm = whole.subarray(2, -60);
    const short = Buffer.concat([Buffer.from([0x03, 30, 0, 2 + odd]), point.subarray(0, 28)]);
    const compressed = Buffer.concat([Buffer.from([0x30, algorithm.length + short.length]), algorithm, short]);
    const handles = await Promise.all(
      [whole, compressed].map((bytes) =>
        alice.hsm.wrapping.importPublic(alice.session, { ...plainWish, publicKey: bytes }),
      ),
    );
    const encoded = privateKey.export({ type: "pkcs8", format: "der" });
    handles.push(await bring(alice, root, { kind: { class: "private", type: "EC" }, bytes: encoded }));
    const values = await Promise.all(handles.map((handle) => kcvOf(alice, handle)));
    expect(new Set(values.map((value) => JSON.stringify(value))).size).toBe(1);
  });

  it("is noted, with the keys that took part", async () => {
    const before = (await hsm.auditLog()).length;
    const handle = await bring(alice, root, secret);
    await take(alice, root, handle);
    const noted = (await hsm.auditLog()).slice(before).map((body) => /CN_(?!MGMT)\w+/.exec(body)?.[0]);
    expect(noted).toEqual(["CN_NIST_AES_WRAP", "CN_UNWRAP_KEY", "CN_WRAP_KEY", "CN_NIST_AES_WRAP"]);
  });
});
