import { expect, test } from "vitest";
import { statusOf } from "../../src/fleet/status.ts";
import { wordEvent } from "../../src/simulator/audit-wording.ts";
import { listEvents } from "../../src/simulator/records/event-record.ts";
import { minimums, passwords, users } from "../../src/simulator/records/records.ts";
import type { Home } from "../../src/store/home.ts";
import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import { createIn } from "../harness/created-home.ts";
import { keyPair } from "../harness/key-pairs.ts";

const [one, two] = [keyPair(0).publicKey, keyPair(1).publicKey];

const text = `clusters:
  - id: c
    region: eu-west-1
    passwordCost: 10
    minimums: { USER_MGMT: 2 }
    users:
      - { id: 1, type: CO, name: admin, password: co12345, twoFactor: true, publicKey: ${JSON.stringify(one)} }
      - { id: 2, type: CO, name: officer1, password: officer12345, publicKey: ${JSON.stringify(two)} }
      - { id: 3, type: CU, name: bob, password: bob12345, loginFailures: 2 }
    hsms:
      - id: hsm-a
        hostname: h0
        minimums: { USER_MGMT: 2, MISC_CO: 2 }
        users:
          - { id: 1, type: CO, name: admin, password: co12345 }
          - { id: 4, type: CU, name: carol, password: carol12345 }
      - id: hsm-b
        hostname: h1
        users:
          - { id: 3, type: CU, name: bob, password: other12345, loginFailures: 5 }
          - { id: 5, type: CU, name: carol, password: carol12345 }
      - { id: hsm-c, hostname: h2 }
`;

interface Seen {
  readonly users: readonly unknown[];
  readonly hashes: readonly (readonly [number, string])[];
  readonly minimums: readonly unknown[];
}

function seenAt(home: Home, hostname: string): Promise<Seen> {
  return home.open({ hostname, port: 2225 }).then((store) =>
    store.read(async (snapshot) => ({
      users: await users.list(snapshot),
      hashes: await passwords.list(snapshot),
      minimums: await minimums.list(snapshot),
    })),
  );
}

async function created(): Promise<Home> {
  const home = new MemoryHome(new MemoryPlace());
  await createIn(home, text);
  return home;
}

test("each HSM begins as the file says: keys, second factors, wrong passwords and minimums", async () => {
  const home = await created();
  const officer1 = [2, { type: "CO", name: "officer1", loginFailures: 0, publicKey: two }];
  const admin = { type: "CO", name: "admin", loginFailures: 0 };
  const bob = { type: "CU", name: "bob", loginFailures: 2 };
  expect(await seenAt(home, "h0")).toMatchObject({
    users: [[1, admin], officer1, [3, bob], [4, { name: "carol" }]],
    minimums: [
      ["MISC_CO", 2],
      ["USER_MGMT", 2],
    ],
  });
  const factor = { publicKey: one, twoFactor: true };
  expect(await seenAt(home, "h1")).toMatchObject({
    users: [[1, { ...admin, ...factor }], officer1, [3, { ...bob, loginFailures: 5 }], [5, { name: "carol" }]],
    minimums: [["USER_MGMT", 2]],
  });
  expect(await seenAt(home, "h2")).toMatchObject({ users: [[1, admin], officer1, [3, bob]] });
  const { clusters } = await statusOf(home);
  expect(clusters[0]?.hsms.map(({ region }) => region)).toEqual(["eu-west-1", "eu-west-1", "eu-west-1"]);
});

test("one user's password that is given twice is one password, and another one is not", async () => {
  const home = await created();
  const [first, second, third] = await Promise.all(["h0", "h1", "h2"].map((host) => seenAt(home, host)));
  const hashOf = (seen: Seen | undefined, user: number): string => new Map(seen?.hashes).get(user) ?? "";
  expect(hashOf(first, 1)).toBe(hashOf(third, 1));
  expect(hashOf(first, 4)).toBe(hashOf(second, 5));
  expect(hashOf(second, 3)).not.toBe(hashOf(third, 3));
  expect(hashOf(first, 3)).toBe(hashOf(third, 3));
});

test("a creation that is completed later gives no HSM the minimums of another one's own", async () => {
  const home = new MemoryHome(new MemoryPlace());
  const before = text.indexOf("      - id: hsm-b");
  await createIn(home, text.slice(0, before));
  await createIn(home, text);
  expect((await seenAt(home, "h1")).minimums).toEqual([["USER_MGMT", 2]]);
});

test("the log of the first HSM tells of keys that were registered and of minimums that were set", async () => {
  const home = await created();
  const store = await home.open({ hostname: "h0", port: 2225 });
  const log = (await store.read(listEvents)).map(wordEvent).join("\n");
  expect(log.match(/CN_REGISTER_QUORUM_PUB_KEY/g)).toHaveLength(1);
  expect(log.match(/CN_SET_M_VALUE/g)).toHaveLength(2);
});
