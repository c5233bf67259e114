import { expect, test } from "vitest";
import type { Backup } from "../../../src/simulator/cluster-image.ts";
import type { SessionHandle } from "../../../src/hsm/hsm.ts";
import type { MaskedObject } from "../../../src/hsm/masked-object.ts";
import type { ReturnCodeName } from "../../../src/hsm/return-code.ts";
import { cluster, key, user, withMore } from "../../harness/backups.ts";
import { codeOf } from "../../harness/return-codes.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";

const users = [user(1, "CO", "admin"), user(3, "CU", "bob"), user(4, "CU", "alice")];
const payments = key({ handle: 8, owner: "bob", sharedWith: ["alice"], label: "payments" });

interface Pair {
  readonly backup: Backup;
  readonly source: TestedHsm;
  readonly destination: TestedHsm;
  /** The officer's, on each. */
  readonly from: SessionHandle;
  readonly to: SessionHandle;
}

/** Two HSMs of a cluster, of which the source has a key more. */
async function pair(): Promise<Pair> {
  const backup = await cluster(users, [key({ handle: 7, owner: "alice" })]);
  const source = await TestedHsm.with(await backup.withKeys([payments]), { hsmId: "hsm-source" });
  const destination = await TestedHsm.with(backup, { hsmId: "hsm-destination" });
  const [from, to] = [await source.session("CO", "admin"), await destination.session("CO", "admin")];
  return { backup, source, destination, from, to };
}

/** Offers objects to an HSM, which refuses each of them, and stays as it is. */
async function requireRefusals(
  destination: TestedHsm,
  session: SessionHandle,
  offered: readonly MaskedObject[],
  codes: readonly ReturnCodeName[],
): Promise<void> {
  const before = await destination.records();
  for (const [at, masked] of offered.entries()) {
    expect(codes, `object ${String(at)}`).toContain(await codeOf(destination.hsm.keys.insert(session, masked)));
    if (at % 100 === 0) expect(await destination.records()).toEqual(before);
  }
  expect(await destination.records()).toEqual(before);
}

test("a masked key with any bit flipped is refused, with any byte more or less too", async () => {
  const { source, destination, from, to } = await pair();
  const masked = await source.hsm.keys.extract(from, 8);
  const flipped = Array.from({ length: masked.length * 8 }, (_, bit) =>
    masked.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)),
  );
  const shortened = Array.from({ length: masked.length }, (_, length) => masked.slice(0, length));
  const lengthened = Buffer.concat([masked, Buffer.of(0)]);
  const offered = [...flipped, ...shortened, lengthened];
  await requireRefusals(destination, to, offered, ["MASKED_OBJECT_DAMAGED", "MASKED_OBJECT_FOREIGN"]);
  expect(await codeOf(destination.hsm.keys.insert(to, masked))).toBe("SUCCESS");
  expect(await destination.keyHash()).toBe(await source.keyHash());
});

test("another cluster's key is refused, one of a clone is not", async () => {
  const { backup, source, destination, to } = await pair();
  const stranger = await TestedHsm.with(await cluster(users, [payments]));
  const theirs = await stranger.hsm.keys.extract(await stranger.session("CO", "admin"), 8);
  await requireRefusals(destination, to, [theirs], ["MASKED_OBJECT_FOREIGN"]);
  const clone = await TestedHsm.with(await backup.withKeys([payments]), { hsmId: "hsm-clone" });
  const ours = await clone.hsm.keys.extract(await clone.session("CO", "admin"), 8);
  expect(await codeOf(destination.hsm.keys.insert(to, ours))).toBe("SUCCESS");
  expect(await codeOf(source.hsm.keys.insert(await source.session("CO", "admin"), ours))).toBe("KEY_CONFLICT");
});

test("a user is no key, and a key no user", async () => {
  const { source, destination, from, to } = await pair();
  await requireRefusals(destination, to, [await source.hsm.users.extract(from, 3)], ["MASKED_OBJECT_DAMAGED"]);
  const before = await destination.records();
  const masked = await source.hsm.keys.extract(from, 8);
  expect(await codeOf(destination.hsm.users.insert(to, masked))).toBe("MASKED_OBJECT_DAMAGED");
  expect(await destination.records()).toEqual(before);
});

test.each([
  ["the owner is missing", [user(1, "CO", "admin"), user(4, "CU", "alice")]],
  ["a sharee is missing", [user(1, "CO", "admin"), user(3, "CU", "bob")]],
  ["the owner's id is another's", [user(1, "CO", "admin"), user(3, "CU", "bert"), user(4, "CU", "alice")]],
  ["the owner is no crypto user", [user(1, "CO", "admin"), user(3, "CO", "bob"), user(4, "CU", "alice")]],
] as const)("refused where %s", async (_, present) => {
  const { backup, source, from } = await pair();
  const destination = await TestedHsm.with(await withMore(backup.emptied(), present));
  const masked = await source.hsm.keys.extract(from, 8);
  await requireRefusals(destination, await destination.session("CO", "admin"), [masked], ["KEY_OWNER_MISSING"]);
});

test("a handle that another key has is refused, and so is a key too many", async () => {
  const { backup, source, from } = await pair();
  const masked = await source.hsm.keys.extract(from, 8);
  const taken = await TestedHsm.with(await backup.withKeys([key({ handle: 8, owner: "bob" })]));
  await requireRefusals(taken, await taken.session("CO", "admin"), [masked], ["KEY_CONFLICT"]);
  const full = await TestedHsm.with(backup, { maxKeys: 1 });
  await requireRefusals(full, await full.session("CO", "admin"), [masked], ["KEY_LIMIT"]);
});

test("a crypto user brings its own keys only, and takes none that is another's there", async () => {
  const { backup, source, destination, from } = await pair();
  const masked = await source.hsm.keys.extract(from, 8);
  await requireRefusals(destination, await destination.session("CU", "alice"), [masked], ["KEY_ACCESS_DENIED"]);
  const emptied = await withMore(backup.emptied(), users);
  const [hers, his] = [
    await TestedHsm.with(await emptied.withKeys([key({ handle: 7, owner: "alice" })])),
    await TestedHsm.with(await emptied.withKeys([key({ handle: 7, owner: "bob" })])),
  ];
  const same = await hers.hsm.keys.extract(await hers.session("CU", "alice"), 7);
  await requireRefusals(his, await his.session("CU", "alice"), [same], ["KEY_ACCESS_DENIED"]);
  expect(await codeOf(his.hsm.keys.insert(await his.session("CO", "admin"), same))).toBe("SUCCESS");
});
