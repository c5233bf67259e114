import { beforeAll, expect, test } from "vitest";
import { addHsm } from "../../src/fleet/add-hsm.ts";
import { findHsm } from "../../src/fleet/find-hsm.ts";
import { compareHome, isAllInStep } from "../../src/fleet/compare/compare-home.ts";
import { stopHsm } from "../../src/fleet/power.ts";
import { statusOf } from "../../src/fleet/status.ts";
import { models } from "../../src/simulator/models/models.ts";
import { minimums } from "../../src/simulator/records/records.ts";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import type { Home } from "../../src/store/home.ts";
import { startOfTime } from "../harness/backups.ts";
import { changeOf, homeWith } from "../harness/fleet-change.ts";
import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import { ServedHome } from "../harness/service-home.ts";
import { logIn } from "../harness/tested-hsm.ts";

const text = `clusters:
  - id: c
    region: eu-west-1
    passwordCost: 10
    maxKeys: 50
    minimums: { MISC_CO: 2 }
    users:
      - { id: 1, type: CO, name: admin, password: co12345 }
      - { id: 2, type: CO, name: officer1, password: officer12345 }
      - { id: 3, type: CU, name: bob, password: bob12345 }
    keys:
      - { handle: 8, type: AES, size: 256, label: payments, owner: bob }
      - { handle: 9, type: EC, curve: P-256, publicHandle: 10, owner: bob }
    hsms: [{ id: hsm-a, hostname: h0 }, { id: hsm-b, hostname: h1 }]
`;

const h9 = { hostname: "h9", port: 2226 };

function open(home: Home, hostname: string, port = 2225) {
  return openHsm(home.open({ hostname, port }), { clock: () => startOfTime, presence: home.presence }, models);
}

let lived: Home;
beforeAll(async () => {
  lived = await homeWith(text);
  for (const hostname of ["h0", "h1"]) {
    const hsm = await open(lived, hostname);
    const { session } = await logIn(hsm, "CO", "admin", "co12345");
    await hsm.logins.logout(session);
  }
});

test("a new HSM has what its cluster has now, in step with it, and a log that begins with it", async () => {
  const added = await addHsm("c", h9, changeOf(lived));
  expect(added).toMatchObject({ clusterId: "c", from: "hsm-a", users: 3, keys: 3, hsm: h9 });
  expect(added.hsm.id).toMatch(/^hsm-[a-z2-7]{11}$/);
  expect(isAllInStep(await compareHome(lived, []))).toBe(true);
  const { clusters } = await statusOf(lived);
  expect(clusters).toHaveLength(1);
  expect(clusters[0]?.hsms.at(-1)).toMatchObject({ hsmId: added.hsm.id, region: "eu-west-1", users: 3, tokenKeys: 3 });
  const store = await lived.open(h9);
  expect(await store.read((snapshot) => snapshot.countEvents())).toBe(0);
  expect(await store.read((snapshot) => minimums.list(snapshot))).toEqual([["MISC_CO", 2]]);
  const hsm = await open(lived, "h9", 2226);
  expect(await logIn(hsm, "CU", "bob", "bob12345")).toMatchObject({ userId: 3 });
  expect((await hsm.information()).partition.maxKeys).toBe(50);
});

test.each([
  ["an unknown cluster", "d", h9, /^memory has no cluster d: there are c$/],
  ["an address that is taken", "c", { hostname: "H0", port: 2225 }, /^H0:2225 is taken: an HSM is there already/],
])("%s is refused, and nothing is made", async (_, cluster, address, words) => {
  const home = await homeWith(text);
  await expect(addHsm(cluster, address, changeOf(home))).rejects.toThrow(words);
  expect(await home.list()).toHaveLength(2);
});

test("a cluster takes no more HSMs than its model allows", async () => {
  const home = await homeWith(text.replace(/hsms: .*/, `hsms: [${hsms(28)}]`));
  await expect(addHsm("c", h9, changeOf(home))).rejects.toThrow(/^c has 28 HSMs, and cannot have more/);
});

test("where no HSM can be read, nothing is made of it", async () => {
  const home = await homeWith(text);
  for (const hostname of ["h0", "h1"]) {
    const store = await home.open({ hostname, port: 2225 });
    await store.change((transaction) => transaction.remove("identity", "hsm"));
  }
  await expect(addHsm("c", h9, changeOf(home))).rejects.toThrow(/has no cluster c: no HSM there can be read/);
});

test("the HSM that is restored from is one that is up, and none is where all are stopped", async () => {
  const home = await homeWith(text);
  await stopHsm(home, await findHsm(home, "hsm-a"));
  expect(await addHsm("c", h9, changeOf(home))).toMatchObject({ from: "hsm-b" });
  await stopHsm(home, await findHsm(home, "hsm-b"));
  await stopHsm(home, await findHsm(home, "h9"));
  const refused = addHsm("c", { ...h9, port: 1 }, changeOf(home));
  await expect(refused).rejects.toThrow(/^no HSM of c is up to restore one from/);
});

function hsms(count: number): string {
  return Array.from({ length: count }, (_, h) => `{ id: hsm-${String(h)}, hostname: h${String(h)} }`).join(", ");
}

test("a cluster that waits for its customer's certificate gets no second HSM", async () => {
  const place = new MemoryPlace();
  const home = new MemoryHome(place);
  const served = new ServedHome(() => new MemoryHome(place));
  const id = await served.created();
  await served.withHsm(id);
  await expect(addHsm(id, h9, changeOf(home))).rejects.toThrow(`${id} is not initialized`);
});
