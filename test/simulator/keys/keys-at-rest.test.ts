import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readMaterial } from "../../../src/simulator/records/key-records.ts";
import { identities, keyMaterial } from "../../../src/simulator/records/records.ts";
import { StorageKey } from "../../../src/simulator/sealing/storage-key.ts";
import { cluster, key, user } from "../../harness/backups.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";
import { inFile } from "../../harness/keepers.ts";
import { temporaryFolder } from "../../harness/program.ts";

const users = [user(1, "CO", "admin"), user(3, "CU", "bob")];
const keys = [
  key({ handle: 8, owner: "bob", label: "written as it is" }),
  key({ handle: 9, owner: "bob", shape: { type: "3DES", size: 192 } }),
  key({ handle: 10, owner: "bob", shape: { type: "GENERIC", size: 512 } }),
  key({ handle: 11, owner: "bob", shape: { type: "EC", curve: "P-256" } }),
  key({ handle: 13, owner: "bob", shape: { type: "RSA", size: 2048 } }),
];
const secretHandles = [8, 9, 10, 11, 13];

function materialOf({ store }: TestedHsm, handle: number): Promise<Buffer> {
  return store.read(async (snapshot) => {
    const identity = await identities.get(snapshot, "hsm");
    if (identity === undefined) throw new Error("the HSM has no identity");
    return readMaterial(snapshot, handle, new StorageKey(identity.storageKey, identity.hsmId));
  });
}

/** The head of a private P-256 key in PKCS#8; behind it is the secret number, and behind that the public point. */
const privateP256 = "308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420";

/** What of the material is secret: of a long one its end, which is all its own, but for the point of a curve. */
function secretOf(material: Buffer): Buffer {
  const head = privateP256.length / 2;
  return material.toString("hex", 0, head) === privateP256
    ? material.subarray(head, head + 24)
    : material.subarray(-24);
}

/** Whether bytes hold a secret, as it is, in hex or in base64. */
function holds(bytes: Buffer, material: Buffer): boolean {
  const secret = secretOf(material);
  const hex = secret.toString("hex");
  const base64 = [0, 1, 2].map((shift) => secret.subarray(shift, shift + 18).toString("base64"));
  return [secret, hex, hex.toUpperCase(), ...base64].some((form) => bytes.includes(form));
}

test("the file of an HSM holds its key material sealed only", async () => {
  const folder = temporaryFolder();
  const hsm = await TestedHsm.with(await cluster(users, keys), { keeper: inFile(join(folder, "test.hsm")) });
  const bytes = () => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
  expect(bytes().includes("written as it is")).toBe(true);
  for (const handle of secretHandles) expect(holds(bytes(), await materialOf(hsm, handle)), String(handle)).toBe(false);
  const control = await materialOf(hsm, 8);
  expect(holds(Buffer.concat([bytes(), control]), control)).toBe(true);
  expect(holds(Buffer.from(`{"x":"${control.toString("base64")}"}`), control)).toBe(true);
});

test("a masked key holds its material sealed only", async () => {
  const hsm = await TestedHsm.with(await cluster(users, keys));
  const session = await hsm.session("CO", "admin");
  for (const handle of secretHandles) {
    const masked = Buffer.from(await hsm.hsm.keys.extract(session, handle));
    expect(holds(masked, await materialOf(hsm, handle)), String(handle)).toBe(false);
    expect(masked.includes("bob")).toBe(false);
  }
});

test("two masked objects of one key, and two HSMs of one cluster, have nothing sealed in common", async () => {
  const backup = await cluster(users, keys);
  const [one, other] = [await TestedHsm.with(backup), await TestedHsm.with(backup, { hsmId: "hsm-other" })];
  const session = await one.session("CO", "admin");
  expect(await one.hsm.keys.extract(session, 8)).not.toEqual(await one.hsm.keys.extract(session, 8));
  const sealed = ({ store }: TestedHsm) => store.read((snapshot) => keyMaterial.get(snapshot, 8));
  expect(await sealed(one)).not.toEqual(await sealed(other));
  expect(await materialOf(one, 8)).toEqual(await materialOf(other, 8));
});

test("sealed material opens in its own place only", async () => {
  const backup = await cluster(users, keys);
  const [one, other] = [await TestedHsm.with(backup), await TestedHsm.with(backup, { hsmId: "hsm-other" })];
  const sealed = await one.store.read((snapshot) => keyMaterial.get(snapshot, 8));
  if (sealed === undefined) throw new Error("key 8 has no material");
  await one.store.change((transaction) => keyMaterial.put(transaction, 9, sealed));
  await other.store.change((transaction) => keyMaterial.put(transaction, 8, sealed));
  const session = await one.session("CO", "admin");
  expect(await codeOf(one.hsm.keys.extract(session, 8))).toBe("SUCCESS");
  expect(await codeOf(one.hsm.keys.extract(session, 9))).toBe("STORAGE_FAILURE");
  expect(await codeOf(other.hsm.keys.extract(await other.session("CO", "admin"), 8))).toBe("STORAGE_FAILURE");
});

test("session keys are on no disk", async () => {
  const passing = key({ handle: 20, owner: "bob", label: "passing", token: false });
  const hsm = await TestedHsm.with(await cluster(users, [...keys, passing]));
  const session = await hsm.session("CU", "bob");
  expect(await hsm.hsm.keys.information(session, 20)).toMatchObject({ token: false, owner: 3 });
  expect(await hsm.store.read((snapshot) => keyMaterial.get(snapshot, 20))).toBeUndefined();
  expect((await hsm.hsm.information()).partition.sessionKeys).toBe(1);
  await hsm.hsm.logins.logout(session);
  expect((await hsm.hsm.information()).partition.sessionKeys).toBe(0);
  const [attribute] = await hsm.hsm.keys.attributes(await hsm.session("CU", "bob"), 20, 371);
  const [again] = await hsm.hsm.keys.attributes(await hsm.session("CU", "bob"), 20, 371);
  expect(attribute?.value).not.toEqual(again?.value);
});
