import fc from "fast-check";
import { expect, test } from "vitest";
import { keyHash } from "../../src/simulator/keys/key-listing.ts";
import type { KeyAccessRecord } from "../../src/simulator/records/records.ts";
import { cluster, key, user } from "../harness/backups.ts";
import { TestedHsm } from "../harness/tested-hsm.ts";

const access = fc.record({
  owner: fc.integer({ min: 1, max: 30 }),
  sharedWith: fc
    .uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 4 })
    .map((ids) => ids.toSorted((one, other) => one - other)),
  public: fc.boolean(),
  mValue: fc.integer({ min: 1, max: 8 }),
  kcv: fc.integer({ min: 0, max: 0xffffff }).map((value) => value.toString(16).padStart(6, "0")),
});
const keys = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 300_000 }), access), {
    maxLength: 8,
    selector: ([handle]) => handle,
  })
  .map((all) => all.toSorted(([one], [other]) => one - other));
type Keys = readonly (readonly [number, KeyAccessRecord])[];
const covered = (all: Keys) =>
  JSON.stringify(all.map(([handle, { owner, sharedWith, mValue, kcv }]) => [handle, owner, sharedWith, mValue, kcv]));

test("the key hash is the same for the same keys, and another one for any others", () => {
  fc.assert(
    fc.property(keys, keys, (one, other) => {
      expect(keyHash(one) === keyHash(other)).toBe(covered(one) === covered(other));
      expect(keyHash(structuredClone(one))).toBe(keyHash(one));
    }),
  );
});

test("the key hash differs when one key is missing, or its handle, owner, shares, approvers or material differ", () => {
  fc.assert(
    fc.property(
      keys.filter((all) => all.length > 0),
      fc.nat(),
      (all, pick) => {
        const at = pick % all.length;
        const [handle, found] = all[at] ?? [0, undefined];
        if (found === undefined) return;
        const instead = (changed: readonly (readonly [number, KeyAccessRecord])[]): string =>
          keyHash([...all.slice(0, at), ...changed, ...all.slice(at + 1)]);
        const [first, ...others] = found.sharedWith;
        const changes = [
          [],
          [[handle + 300_000, found]],
          [[handle, { ...found, owner: found.owner + 1 }]],
          [[handle, { ...found, sharedWith: [...found.sharedWith, 31] }]],
          ...(first === undefined ? [] : [[[handle, { ...found, sharedWith: others }]]]),
          [[handle, { ...found, mValue: found.mValue + 1 }]],
          [[handle, { ...found, kcv: found.kcv === "000000" ? "000001" : "000000" }]],
        ] as const;
        const hashes = [keyHash(all), ...changes.map((changed) => instead(changed as Keys))];
        expect(new Set(hashes).size).toBe(hashes.length);
      },
    ),
  );
});

test("the key hash differs where another key has the handle", async () => {
  const backup = await cluster([user(1, "CO", "admin"), user(3, "CU", "bob")]);
  const hsms = [1, 2].map(async () => TestedHsm.with(await backup.withKeys([key({ handle: 8, owner: "bob" })])));
  const [one, other] = await Promise.all((await Promise.all(hsms)).map((hsm) => hsm.keyHash()));
  expect(one).not.toBe(other);
});
