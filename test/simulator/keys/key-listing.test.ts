import { beforeAll, expect, test } from "vitest";
import { cluster, key, user } from "../../harness/backups.ts";
import { TestedHsm } from "../../harness/tested-hsm.ts";

const people = [user(1, "CO", "admin"), user(2, "CU", "owner"), user(3, "CU", "sharee"), user(4, "CU", "nobody")];
const pair = key({ owner: "owner", sharedWith: ["sharee"], shape: { type: "EC", curve: "P-256" }, handle: 10 });

let tested: TestedHsm;
beforeAll(async () => {
  tested = await TestedHsm.with(await cluster(people, [pair]));
});

test.each([
  ["all users", 0],
  ["the owner", 2],
  ["one whom keys are shared with", 3],
])("the hash of the HSM comes with the keys of %s, where it is wanted", async (_whose, userId) => {
  const session = await tested.session("CO", "admin");
  const { hash } = await tested.hsm.keys.find(session, userId, { hash: true });
  expect(hash).toMatch(/^[\da-f]{64}$/);
  expect(await tested.hsm.keys.find(session, userId)).not.toHaveProperty("hash");
  expect(hash).toBe(await tested.keyHash());
});

test("a user who only sees the public keys of others has no hash, however much it is wanted", async () => {
  const session = await tested.session("CO", "admin");
  const listing = await tested.hsm.keys.find(session, 4, { hash: true });
  expect(listing).toEqual({ keys: [{ handle: 11, held: "public" }] });
});

test("an HSM without any keys has a hash, of nothing", async () => {
  const empty = await TestedHsm.with(await cluster(people));
  expect(await empty.keyHash()).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});
