import { describe, expect, test } from "vitest";
import { keepBackup, keptBackups, restoreBackup } from "../../src/fleet/backups.ts";
import { compareHome } from "../../src/fleet/compare/compare-home.ts";
import { destroyHsm } from "../../src/fleet/destroy-hsm.ts";
import { cloneCluster } from "../../src/fleet/new-cluster.ts";
import { hsmAddresses, resetHome } from "../../src/fleet/reset-home.ts";
import { statusOf } from "../../src/fleet/status.ts";
import { models } from "../../src/simulator/models/models.ts";
import { minimums } from "../../src/simulator/records/records.ts";
import { openHsm } from "../../src/simulator/simulated-hsm.ts";
import type { Home } from "../../src/store/home.ts";
import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import { startOfTime } from "../harness/backups.ts";
import { createIn } from "../harness/created-home.ts";
import { changeOf, homeWith } from "../harness/fleet-change.ts";
import { homes, inPostgres } from "../harness/homes.ts";
import { credentials, logIn } from "../harness/tested-hsm.ts";

const text = `clusters:
  - id: c
    region: us-east-1
    passwordCost: 10
    minimums: { MISC_CO: 2 }
    users:
      - { id: 1, type: CO, name: admin, password: co12345 }
      - { id: 2, type: CO, name: officer1, password: officer12345 }
      - { id: 3, type: CU, name: bob, password: bob12345 }
    keys: [{ handle: 8, type: AES, size: 256, label: payments, owner: bob }]
    hsms: [{ id: hsm-a, hostname: h0 }, { id: hsm-b, hostname: h1 }]
`;
const at = (hostname: string) => ({ hostname, port: 2225 });

function open(home: Home, hostname: string) {
  return openHsm(home.open(at(hostname)), { clock: () => startOfTime, presence: home.presence }, models);
}

/** What differs in a home, as the subjects that differ. */
async function differences(home: Home): Promise<readonly unknown[]> {
  const { families } = await compareHome(home, []);
  expect(families).toHaveLength(1);
  return families.flatMap(({ findings }) => findings);
}

test("backups of one moment are listed in the order in which they were taken", async () => {
  const home = await homeWith(text);
  const taken: string[] = [];
  for (let count = 0; count < 5; count++) taken.push((await keepBackup("c", changeOf(home))).id);
  const kept = await keptBackups(home);
  expect(kept.map(({ id }) => id)).toEqual(taken);
  expect(kept[0]?.time).toBe(startOfTime / 1000);
});

test("a backup has what its cluster had when it was taken, and what came later is missing after it is restored", async () => {
  const home = await homeWith(text);
  const kept = await keepBackup("c", changeOf(home));
  expect(kept).toMatchObject({ hsmId: "hsm-a", time: startOfTime / 1000, users: 3, keys: 1 });
  expect(kept.id).toMatch(/^backup-[a-z2-7]{11}$/);
  expect(await keptBackups(home)).toEqual([kept]);
  for (const hostname of ["h0", "h1"]) {
    const hsm = await open(home, hostname);
    const { session } = await logIn(hsm, "CO", "admin", "co12345");
    await hsm.users.create(session, credentials("CU", "carol", "carol12345"));
  }
  await keepBackup("c", changeOf(home));
  const made = await restoreBackup(kept.id, undefined, [at("h5"), at("h6")], changeOf(home));
  expect(made).toMatchObject({ region: "us-east-1", cloneOf: "c", from: "hsm-a", users: 3, keys: 1 });
  expect(made.hsms.map(({ hostname }) => hostname)).toEqual(["h5", "h6"]);
  expect(await logIn(await open(home, "h6"), "CU", "bob", "bob12345")).toMatchObject({ userId: 3 });
  const store = await home.open(at("h5"));
  expect(await store.read((snapshot) => minimums.list(snapshot))).toEqual([["MISC_CO", 2]]);
  // carol, and nothing else: her password is offered anew on each HSM, which differs too.
  const found = await differences(home);
  expect(JSON.stringify(found)).toContain("carol");
  expect(JSON.stringify(found)).not.toMatch(/admin|officer1|bob|payments/);
});

test("a clone is in step with its cluster, in a region of its own, and outlives it", async () => {
  const place = new MemoryPlace();
  const home = new MemoryHome(place);
  await createIn(home, text);
  const made = await cloneCluster("c", "eu-west-1", [at("h5")], changeOf(home));
  expect(await differences(home)).toEqual([]);
  const { clusters } = await statusOf(home);
  const clone = clusters.find(({ id }) => id === made.clusterId);
  expect(clone).toMatchObject({ clones: ["c"], hsms: [{ region: "eu-west-1", users: 3, tokenKeys: 1 }] });
  await home.close();
  for (const word of ["h0", "h1"]) await destroyHsm(new MemoryHome(place), word);
  const later = new MemoryHome(place);
  expect(await cloneCluster(made.clusterId, undefined, [at("h6")], changeOf(later))).toMatchObject({
    region: "eu-west-1",
    from: made.hsms[0]?.id,
  });
});

test("what cannot be restored is refused, and nothing is made", async () => {
  const home = await homeWith(text);
  const change = changeOf(home);
  await expect(restoreBackup("backup-x", undefined, [at("h5")], change)).rejects.toThrow(
    /has no backup backup-x: none was taken/,
  );
  await expect(keepBackup("d", change)).rejects.toThrow(/has no cluster d: there are c/);
  const { id } = await keepBackup("c", change);
  await expect(restoreBackup("backup-x", undefined, [at("h5")], change)).rejects.toThrow(`there are ${id}`);
  await expect(restoreBackup(id, undefined, [at("h5"), at("h1")], change)).rejects.toThrow(/^h1:2225 is taken/);
  await expect(cloneCluster("c", undefined, [at("h5"), at("H5")], change)).rejects.toThrow(/^H5:2225 is named twice/);
  const many = Array.from({ length: 29 }, (_, h) => at(`x${String(h)}`));
  await expect(cloneCluster("c", undefined, many, change)).rejects.toThrow(/at most 28 HSMs/);
  expect(await home.list()).toHaveLength(2);
});

describe.each([...homes, ...inPostgres()])("%s", (_, make) => {
  test("a reset deletes all HSMs and what was kept, and nothing while a shell has one open", async () => {
    const enter = make();
    const shell = enter();
    await createIn(shell, text);
    await keepBackup("c", changeOf(shell));
    const home = enter();
    await expect(resetHome(home)).rejects.toThrow(/open: quit that shell/);
    expect(await hsmAddresses(home)).toHaveLength(2);
    expect(await keptBackups(shell)).toHaveLength(1);
  });
});

test("after a reset there is nothing", async () => {
  const place = new MemoryPlace();
  const before = new MemoryHome(place);
  await createIn(before, text);
  await keepBackup("c", changeOf(before));
  await before.close();
  const home = new MemoryHome(place);
  expect(await resetHome(home)).toEqual([at("h0"), at("h1")]);
  expect([await home.list(), await home.records(), await keptBackups(home)]).toEqual([[], undefined, []]);
});
