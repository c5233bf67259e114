import { beforeAll, expect, test } from "vitest";
import { MaskingKey, type MaskedKind } from "../../src/simulator/sealing/masking-key.ts";
import type { MaskedObject } from "../../src/hsm/masked-object.ts";
import { identities } from "../../src/simulator/records/records.ts";
import { cluster, key, user } from "../harness/backups.ts";
import { codeOf } from "../harness/return-codes.ts";
import { TestedHsm } from "../harness/tested-hsm.ts";

const handle = 8;
const userId = 4;
let hsm: TestedHsm;
let session: number;
let maskingKey: MaskingKey;
beforeAll(async () => {
  const people = [user(1, "CO", "admin"), user(3, "CU", "bob"), user(userId, "CU", "alice")];
  hsm = await TestedHsm.with(await cluster(people, [key({ handle, owner: "bob", sharedWith: ["alice"] })]));
  session = await hsm.session("CO", "admin");
  const identity = await hsm.store.read((snapshot) => identities.get(snapshot, "hsm"));
  maskingKey = MaskingKey.decode(identity?.maskingKey ?? "");
});

/** What an HSM of another version could seal: the content of a real object, with something put in its place. */
function altered(kind: MaskedKind, masked: MaskedObject, path: string, value: unknown): MaskedObject {
  const { header, content } = maskingKey.open(kind, masked);
  if (path === "") return maskingKey.seal(header, value as string);
  const whole = JSON.parse(content) as Record<string, unknown>;
  const names = path.split(".");
  const last = names.pop() ?? "";
  let place = whole;
  for (const name of names) place = place[name] as Record<string, unknown>;
  place[last] = value;
  return maskingKey.seal(header, JSON.stringify(whole));
}

const notJson = [
  ["", ""],
  ["", "{"],
  ["", "null"],
  ["", "[]"],
  ["", "7"],
] as const;

test.each<readonly [path: string, value: unknown]>([
  ...notJson,
  ["record", undefined],
  ["record", null],
  ["record", []],
  ["record.class", "hidden"],
  ["record.class", "public"],
  ["record.class", "toString"],
  ["record.shape", "AES"],
  ["record.shape", { type: "ROT13", size: 13 }],
  ["record.shape", { type: "AES", size: 100 }],
  ["record.shape", { type: "GENERIC", size: 7 }],
  ["record.shape", { type: "EC", curve: "P-256" }],
  ["record.shape", { type: "EC", curve: "toString" }],
  ["record.token", false],
  ["record.label", 7],
  ["record.label", "two\nlines"],
  ["record.label", "x".repeat(128)],
  ["record.id", null],
  ["record.flags", {}],
  ["record.flags.extractable", 1],
  ["record.flags.wrapWithTrusted", undefined],
  ["record.wrapTemplate", "0"],
  ["record.unwrapTemplate", 0.5],
  ["record.kcv", "xyz"],
  ["record.kcv", "000000"],
  ["record.modulus", "g"],
  ["record.publicExponent", ""],
  ["record.valueLength", "32"],
  ["access", undefined],
  ["access.owner", "3"],
  ["access.owner", 4],
  ["access.sharedWith", { 0: 4 }],
  ["access.sharedWith", ["4"]],
  ["access.sharedWith", [4, 1]],
  ["access.public", true],
  ["access.mValue", 0],
  ["access.mValue", null],
  ["access.kcv", undefined],
  ["holders", undefined],
  ["holders", {}],
  ["holders", { 3: "bob", 4: 4 }],
  ["holders", { 3: "bob", 4: "alice", 5: "carol" }],
  ["material", undefined],
  ["material", ""],
  ["material", "not base64!"],
  ["material", { length: 32 }],
])("a masked key whose %s is %j is refused", async (path, value) => {
  const masked = altered("key", await hsm.hsm.keys.extract(session, handle), path, value);
  const before = await hsm.records();
  expect(await codeOf(hsm.hsm.keys.insert(session, masked))).toBe("MASKED_OBJECT_DAMAGED");
  expect(await hsm.records()).toEqual(before);
});

test.each<readonly [path: string, value: unknown]>([
  ...notJson,
  ["record", undefined],
  ["record", null],
  ["record", "alice"],
  ["record.type", "ROOT"],
  ["record.type", 4],
  ["record.name", undefined],
  ["record.name", "a b"],
  ["record.name", "x".repeat(32)],
  ["record.loginFailures", "0"],
  ["record.loginFailures", -1],
  ["record.loginFailures", 0.5],
  ["record.publicKey", 7],
  ["record.twoFactor", "yes"],
  ["password", undefined],
  ["password", null],
  ["password", "alice12345"],
  ["password", "$scrypt$ln=99,r=8,p=1$AAAA$AAAA"],
  ["sharedKeys", undefined],
  ["sharedKeys", {}],
  ["sharedKeys", ["8"]],
])("a masked user whose %s is %j is refused", async (path, value) => {
  const masked = altered("user", await hsm.hsm.users.extract(session, userId), path, value);
  const before = await hsm.records();
  expect(await codeOf(hsm.hsm.users.insert(session, masked))).toBe("MASKED_OBJECT_DAMAGED");
  expect(await hsm.records()).toEqual(before);
});

test("an object of the very shape is taken", async () => {
  const sealed = [
    altered("key", await hsm.hsm.keys.extract(session, handle), "record.label", "new"),
    altered("user", await hsm.hsm.users.extract(session, userId), "record.loginFailures", 1),
  ] as const;
  expect(await codeOf(hsm.hsm.keys.insert(session, sealed[0]))).toBe("SUCCESS");
  expect(await codeOf(hsm.hsm.users.insert(session, sealed[1]))).toBe("SUCCESS");
});
