import { beforeAll, describe, expect, test } from "vitest";
import { findKey } from "../../../src/simulator/records/key-records.ts";
import type { KeyFlag } from "../../../src/hsm/key-type.ts";
import { type KeyAccessRecord, type KeyRecord, keyAccess, keys } from "../../../src/simulator/records/records.ts";
import { cluster, key, user } from "../../harness/backups.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";

const handle = 8;
const people = [
  user(1, "CO", "admin"),
  user(2, "PCO", "first"),
  user(3, "CU", "bob"),
  user(4, "CU", "alice"),
  user(5, "CU", "carol"),
];

let origin: TestedHsm;
beforeAll(async () => {
  origin = await TestedHsm.with(await cluster(people, [key({ handle, owner: "bob" })]));
});

/** What a key is that matters here. */
interface State {
  readonly flags?: Partial<KeyRecord["flags"]>;
  readonly access?: Partial<KeyAccessRecord>;
  readonly record?: Partial<KeyRecord>;
}

/** An HSM that has the same key, in this state. */
async function withKey({ flags = {}, access = {}, record = {} }: State): Promise<TestedHsm> {
  const hsm = await origin.copy();
  await hsm.store.change(async (transaction) => {
    const found = await findKey(transaction, handle);
    if (found === undefined) throw new Error("the key is gone");
    await keys.put(transaction, handle, { ...found.record, ...record, flags: { ...found.record.flags, ...flags } });
    await keyAccess.put(transaction, handle, { ...found.access, ...access });
  });
  return hsm;
}

/** What is kept after one copied its key in the state `there` onto an HSM that has it in the state `here`. */
async function copied(here: State, there: State, type: string, name: string) {
  const [destination, source] = [await withKey(here), await withKey(there)];
  const masked = await source.hsm.keys.extract(await source.session(type, name), handle);
  const session = await destination.session(type, name);
  expect(await codeOf(destination.hsm.keys.insert(session, masked))).toBe("SUCCESS");
  const found = await destination.store.read((snapshot) => findKey(snapshot, handle));
  if (found === undefined) throw new Error("the key is gone");
  return found;
}

const inserters = [
  ["CU", "bob"],
  ["CO", "admin"],
  ["PCO", "first"],
] as const;

describe.each(inserters)("a copy by a %s", (type, name) => {
  test.each<readonly [KeyFlag, stricter: boolean]>([
    ["sensitive", true],
    ["alwaysSensitive", true],
    ["neverExtractable", true],
    ["wrapWithTrusted", true],
    ["extractable", false],
    ["local", false],
  ])("leaves %s at %s, whichever side has it", async (flag, stricter) => {
    const [strict, loose] = [{ flags: { [flag]: stricter } }, { flags: { [flag]: !stricter } }];
    expect((await copied(strict, loose, type, name)).record.flags[flag]).toBe(stricter);
    expect((await copied(loose, strict, type, name)).record.flags[flag]).toBe(stricter);
    expect((await copied(loose, loose, type, name)).record.flags[flag]).toBe(!stricter);
  });

  test.each<KeyFlag>(["encrypt", "decrypt", "wrap", "unwrap", "sign", "verify", "derive", "destroyable"])(
    "brings %s, which its owner sets, both ways",
    async (flag) => {
      for (const wanted of [true, false]) {
        const found = await copied({ flags: { [flag]: !wanted } }, { flags: { [flag]: wanted } }, type, name);
        expect(found.record.flags[flag]).toBe(wanted);
      }
    },
  );

  test("brings label and templates", async () => {
    const record = { label: "new", wrapTemplate: 3, unwrapTemplate: 4 };
    expect((await copied({}, { record }, type, name)).record).toMatchObject(record);
  });

  test("leaves the greater mValue", async () => {
    for (const [here, there] of [
      [3, 1],
      [1, 3],
      [2, 3],
    ] as const) {
      const found = await copied({ access: { mValue: here } }, { access: { mValue: there } }, type, name);
      expect(found.access.mValue).toBe(3);
    }
  });

  test("brings the shares of a key that is its owner's alone to share", async () => {
    const found = await copied({ access: { sharedWith: [5] } }, { access: { sharedWith: [4] } }, type, name);
    expect(found.access.sharedWith).toEqual([4]);
  });

  const isOfficer = type !== "CU";

  test(`${isOfficer ? "brings" : "leaves"} TRUSTED, an officer's to set, both ways`, async () => {
    for (const there of [true, false]) {
      const found = await copied({ flags: { trusted: !there } }, { flags: { trusted: there } }, type, name);
      expect(found.record.flags.trusted).toBe(isOfficer ? there : !there);
    }
  });

  test(`${isOfficer ? "brings" : "leaves"} the shares of a key that others must approve of`, async () => {
    const here = { access: { mValue: 2, sharedWith: [5] } };
    const found = await copied(here, { access: { mValue: 1, sharedWith: [4] } }, type, name);
    expect(found.access.sharedWith).toEqual(isOfficer ? [4] : [5]);
  });
});
