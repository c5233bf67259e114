import { randomBytes } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { type ComparableHsm, KnownHsm, readComparable } from "../../src/simulator/comparable-reader.ts";
import { keyMaterial, keys, users } from "../../src/simulator/records/records.ts";
import type { Transaction } from "../../src/store/store.ts";
import { RehearsedHome } from "../harness/rehearsed-home.ts";

const cluster = `
clusters:
  - id: cluster-a
    passwordCost: 10
    users:
      - { id: 1, type: CO, name: admin, password: co12345 }
      - { id: 3, type: CU, name: alice, password: alice12345 }
    keys:
      - { handle: 9, type: AES, size: 256, label: first, owner: alice }
      - { handle: 10, type: AES, size: 256, label: second, owner: alice }
    hsms: [{ id: hsm-a, hostname: h0 }]
`;
const secret = randomBytes(32);

let home: RehearsedHome;
let known: KnownHsm;

beforeEach(async () => {
  home = await RehearsedHome.of(cluster);
  known = new KnownHsm();
});

function read(by = known): Promise<ComparableHsm> {
  const store = Promise.resolve(home.store("h0"));
  return readComparable(store, { hostname: "h0", port: 2225 }, home.home.presence, secret, by);
}

async function change(work: (transaction: Transaction) => Promise<void>): Promise<void> {
  await home.store("h0").change(work);
}

test("of an HSM that is known only what was changed is another object, and nothing differs from a first reading", async () => {
  const [before, again] = [await read(), await read()];
  for (const [at, user] of before.users.entries()) expect(again.users[at]).toBe(user);
  for (const [at, key] of before.keys.entries()) expect(again.keys[at]).toBe(key);
  await change(async (transaction) => {
    const [record, user] = [await keys.get(transaction, 10), await users.get(transaction, 3)];
    if (record === undefined || user === undefined) throw new Error("there is no such key or user");
    await keys.put(transaction, 10, { ...record, label: "third" });
    await users.put(transaction, 3, { ...user, loginFailures: 2 });
  });
  const after = await read();
  expect(after.keys[0]).toBe(before.keys[0]);
  expect(after.keys[1]?.record.label).toBe("third");
  expect(after.users[0]).toBe(before.users[0]);
  expect(after.users[1]?.loginFailures).toBe(2);
  expect(after).toEqual(await read(new KnownHsm()));
});

test("what is gone is gone, and what is damaged is known to be", async () => {
  await read();
  await change(async (transaction) => {
    await users.remove(transaction, 1);
  });
  expect((await read()).users.map(({ name }) => name)).toEqual(["alice"]);
  await change(async (transaction) => {
    await keyMaterial.put(transaction, 9, (await keyMaterial.get(transaction, 10)) ?? "");
  });
  await expect(read()).rejects.toThrow();
});
