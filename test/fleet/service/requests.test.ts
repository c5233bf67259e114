import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ClusterWish } from "../../../src/fleet/service/create-cluster.ts";
import { stopHsm } from "../../../src/fleet/power.ts";
import { setFault } from "../../../src/fleet/faults/set-fault.ts";
import { keepBackup } from "../../../src/fleet/backups.ts";
import { SqliteHome } from "../../../src/store/sqlite/sqlite-home.ts";
import { temporaryFolder } from "../../harness/program.ts";
import { configured } from "../../harness/configured-home.ts";
import { changeOf } from "../../harness/fleet-change.ts";
import { ServedHome, region } from "../../harness/service-home.ts";

const zone = `${region}a`;

const factory = "[{ id: 1, type: PRECO, name: admin, password: password }]";

describe("a cluster of a configuration", () => {
  test("is shown with zones in the order of its networks, and ids that stay", async () => {
    const served = await configured();
    const cluster = await served.cluster("cluster-made");
    expect(cluster).toMatchObject({
      state: "ACTIVE",
      hsmType: "hsm1.medium",
      retentionDays: 90,
      subnets: [{ zone: `${region}a` }, { zone: `${region}b` }],
      hsms: [
        { id: "hsm-b", eniIp: "10.1.10.4", zone: `${region}b`, state: "ACTIVE" },
        { id: "hsm-a", eniIp: "10.1.9.4", zone: `${region}a`, state: "ACTIVE" },
      ],
    });
    expect(await served.cluster("cluster-made")).toEqual(cluster);
    await served.ask((plane) => plane.tag("cluster-made", [{ key: "k", value: "v" }]));
    expect(await served.cluster("cluster-made")).toEqual({ ...cluster, tags: [{ key: "k", value: "v" }] });
    expect(await served.ask((plane) => plane.clusters(), "eu-west-1")).toEqual([]);
  });

  test("gets another HSM at an address of its own network, and goes on without any", async () => {
    const served = await configured();
    const { id } = await served.ask((plane) => plane.createHsm("cluster-made", { zone: `${region}b` }));
    const made = (await served.cluster("cluster-made")).hsms.find((hsm) => hsm.id === id);
    expect(made?.eniIp).toMatch(/^10\.1\.10\.\d+$/);
    for (const hsm of ["hsm-a", "hsm-b", id]) {
      await served.ask((plane) => plane.deleteHsm("cluster-made", { by: "id", id: hsm }));
    }
    expect(await served.cluster("cluster-made")).toMatchObject({ state: "ACTIVE", hsms: [] });
    expect((await served.ask((plane) => plane.backups())).length).toBe(4);
    await served.ask((plane) => plane.createHsm("cluster-made", { zone, ip: "10.1.9.4" }));
    expect((await served.cluster("cluster-made")).hsms).toMatchObject([{ eniIp: "10.1.9.4", state: "ACTIVE" }]);
  });

  test("that waits for its activation is watched, and gets its first backup with it", async () => {
    const served = await configured(factory);
    expect((await served.cluster("cluster-made")).state).toBe("INITIALIZED");
    await served.ask((plane) => plane.noticeActivations());
    expect(await served.ask((plane) => plane.hasActivations())).toBe(false);
    await served.activated("cluster-made");
    await served.ask((plane) => plane.noticeActivations());
    expect(await served.ask((plane) => plane.backups())).toMatchObject([{ clusterId: "cluster-made" }]);
  });

  test("an activation is shown later while the service lags, and an HSM is refused until then", async () => {
    const served = await configured(factory);
    await served.ask((plane) => plane.noticeActivations());
    const fault = { hsm: "all", kind: "lag", from: 1, milliseconds: 5000 } as const;
    await served.visit((home) => setFault(home, fault, undefined));
    await served.activated("cluster-made");
    await served.ask((plane) => plane.noticeActivations());
    expect((await served.cluster("cluster-made")).state).toBe("INITIALIZED");
    await expect(served.withHsm("cluster-made")).rejects.toThrow("already contains an HSM");
    served.now += 5000;
    expect((await served.cluster("cluster-made")).state).toBe("ACTIVE");
  });

  test("an HSM that is stopped is DEGRADED, and no other one is made of it", async () => {
    const served = await configured();
    await served.visit(async (home) => {
      for (const [hsmId, hostname] of [
        ["hsm-a", "10.1.9.4"],
        ["hsm-b", "10.1.10.4"],
      ] as const) {
        await stopHsm(home, { hsmId, clusterId: "cluster-made", hostname, port: 2225 });
      }
    });
    const { hsms } = await served.cluster("cluster-made");
    expect(hsms.map(({ state, stateMessage }) => [state, stateMessage])).toEqual(
      ["hsm-b", "hsm-a"].map((id) => ["DEGRADED", `The HSM is stopped: cloudhsm-sim hsm start ${id} starts it.`]),
    );
    await expect(served.withHsm("cluster-made")).rejects.toMatchObject({ kind: "invalidRequest" });
    await served.ask((plane) => plane.deleteHsm("cluster-made", { by: "id", id: "hsm-a" }));
  });
});

describe("create-hsm", () => {
  test.each([
    ["10.200.1.9", "is none of subnet-"],
    ["10.1.9", "is none of subnet-"],
    ["10.1.10.9", "is none of subnet-"],
    ["10.1.9.3", "is none of subnet-"],
    ["10.1.9.255", "is none of subnet-"],
    ["10.1.9.07", "is none of subnet-"],
    ["10.1.9.4", "is in use"],
  ])("at %s is refused: the address %s", async (ip, why) => {
    const served = await configured();
    const asked = served.ask((plane) => plane.createHsm("cluster-made", { zone, ip }));
    await expect(asked).rejects.toThrow(`IpAddress ${ip} ${why}`);
    expect((await served.cluster("cluster-made")).hsms.length).toBe(2);
    expect(await served.ask((plane) => plane.backups())).toEqual([]);
  });

  test("at the address of an HSM that is still being deleted is refused until it is gone", async () => {
    const served = await configured();
    served.delay = 1000;
    await served.ask((plane) => plane.deleteHsm("cluster-made", { by: "ip", ip: "10.1.9.4" }));
    const again = () => served.ask((plane) => plane.createHsm("cluster-made", { zone, ip: "10.1.9.4" }));
    await expect(again()).rejects.toThrow("IpAddress 10.1.9.4 is in use");
    served.now += served.delay;
    await again();
  });

  test("in a zone without a subnet is refused, with the zones that there are", async () => {
    const served = await configured();
    const id = await served.created();
    await expect(served.ask((plane) => plane.createHsm(id, { zone: "us-east-1c" }))).rejects.toThrow(
      `has no subnet in us-east-1c: its availability zones are us-east-1a, us-east-1b.`,
    );
  });

  test("that fails leaves an HSM to be deleted, and no file", async () => {
    const served = await configured();
    const id = await served.created();
    const before = await served.visit((home) => home.list());
    const { id: hsm } = await served.ask((plane) => plane.createHsm(id, { zone, degraded: true }));
    expect(await served.visit((home) => home.list())).toEqual(before);
    expect((await served.cluster(id)).hsms).toMatchObject([
      { id: hsm, state: "DEGRADED", stateMessage: "HSM creation failed. Please delete this HSM and try again." },
    ]);
    const initialised = served.ask((plane) => plane.initializeCluster(id, { signedCert: "", trustAnchor: "" }));
    await expect(initialised).rejects.toThrow(`${hsm} of cluster ${id} is DEGRADED: delete it, create another`);
    await served.ask((plane) => plane.deleteHsm(id, { by: "id", id: hsm }));
    expect((await served.cluster(id)).hsms).toEqual([]);
  });
});

describe("create-cluster", () => {
  const sound: ClusterWish = { hsmType: "hsm1.medium", subnetIds: ["subnet-11111111"], tags: [] };
  test.each<readonly [string, Partial<ClusterWish>]>([
    ["Subnet subnet-1 is named twice", { subnetIds: ["subnet-1", "subnet-1"] }],
    ["hsm2m.medium needs a Mode", { hsmType: "hsm2m.medium" }],
    ["hsm1.medium has no Mode NON_FIPS", { mode: "NON_FIPS" }],
    ["hsm1.medium has no NetworkType DUALSTACK", { networkType: "DUALSTACK" }],
    ["Tag a is given twice", { tags: [1, 2].map((value) => ({ key: "a", value: String(value) })) }],
    ["at most 50 tags", { tags: Array.from({ length: 51 }, (_, at) => ({ key: String(at), value: "" })) }],
    ["Backup backup-none was not found", { sourceBackup: "backup-none" }],
  ])("is refused: %s", async (why, wish) => {
    const served = await configured();
    await expect(served.ask((plane) => plane.createCluster({ ...sound, ...wish }))).rejects.toThrow(why);
    expect((await served.ask((plane) => plane.clusters())).length).toBe(1);
  });

  test("from a backup keeps its mode, and goes from hsm1 to hsm2m, never back", async () => {
    const served = await configured();
    const { id: sourceBackup } = await served.visit((home) => keepBackup("cluster-made", changeOf(home)));
    const make = (wish: Partial<ClusterWish>) =>
      served.ask((plane) => plane.createCluster({ ...sound, sourceBackup, ...wish }));
    await expect(make({ hsmType: "hsm2m.medium", mode: "NON_FIPS" })).rejects.toThrow("is of Mode FIPS");
    const newer = await make({ hsmType: "hsm2m.medium", mode: "FIPS" });
    const id = await served.withHsm(newer.id);
    await served.ask((plane) => plane.deleteHsm(newer.id, { by: "id", id }));
    const backup = (await served.ask((plane) => plane.backups())).find(({ clusterId }) => clusterId === newer.id);
    expect(backup).toMatchObject({ hsmType: "hsm2m.medium", mode: "FIPS" });
    const wish = { ...sound, sourceBackup: backup?.arn ?? "" };
    await expect(served.ask((plane) => plane.createCluster(wish))).rejects.toThrow("cannot be restored to hsm1.medium");
  });
});

test.each([
  ["Nothing of cluster cluster-made is to be changed", {}],
  ["Cluster cluster-made stays hsm1.medium here", { hsmType: "hsm2m.medium" }],
] as const)("modify-cluster is refused: %s", async (why, change) => {
  const served = await configured();
  await expect(served.ask((plane) => plane.modifyCluster("cluster-made", change))).rejects.toThrow(why);
});

test("tags are put over those with the same keys, and taken off", async () => {
  const served = await configured();
  const put = (...pairs: readonly (readonly [string, string])[]) =>
    served.ask((plane) =>
      plane.tag(
        "cluster-made",
        pairs.map(([key, value]) => ({ key, value })),
      ),
    );
  await put(["a", "1"], ["b", "1"]);
  await put(["b", "2"], ["c", "2"]);
  await served.ask((plane) => plane.untag("cluster-made", ["a", "absent"]));
  expect(await served.ask((plane) => plane.tags("cluster-made"))).toEqual([
    { key: "b", value: "2" },
    { key: "c", value: "2" },
  ]);
  const many = Array.from({ length: 49 }, (_, at) => [`k${String(at)}`, ""] as const);
  await expect(put(...many)).rejects.toMatchObject({ kind: "resourceLimit" });
});

test("an HSM that a shell has open is not deleted, and is as it was", async () => {
  const served = await configured();
  await served.visit(async (home) => {
    const store = await home.open({ hostname: "10.1.9.4", port: 2225 });
    await store.read((snapshot) => snapshot.count("user"));
  });
  let quit = (): void => undefined;
  const shell = new Promise<void>((resolve) => (quit = resolve));
  const open = served.shell(async (home) => {
    await (await home.open({ hostname: "10.1.9.4", port: 2225 })).check();
    await shell;
  });
  const doomed = served.ask((plane) => plane.deleteHsm("cluster-made", { by: "id", id: "hsm-a" }));
  await expect(doomed).rejects.toThrow(
    "hsm-a at 10.1.9.4:2225 is open in a shell: quit that shell, then delete it again.",
  );
  expect((await served.cluster("cluster-made")).hsms.length).toBe(2);
  expect(await served.ask((plane) => plane.backups())).toEqual([]);
  quit();
  await open;
  await served.ask((plane) => plane.deleteHsm("cluster-made", { by: "id", id: "hsm-a" }));
});

test("an HSM whose file is damaged is DEGRADED, and can be deleted", async () => {
  const folder = join(temporaryFolder(), "home");
  const served = new ServedHome(() => new SqliteHome(folder));
  const id = await served.created();
  const hsm = await served.withHsm(id);
  const [{ eniIp = "" } = {}] = (await served.cluster(id)).hsms;
  const file = join(folder, `${eniIp}_2225.hsm`);
  const bytes = readFileSync(file);
  // Its head stays: by that it is seen to be this HSM's.
  writeFileSync(file, bytes.fill(0x2a, 100));
  expect((await served.cluster(id)).hsms).toMatchObject([
    { id: hsm, state: "DEGRADED", stateMessage: expect.stringContaining("Please delete this HSM") as string },
  ]);
  await served.ask((plane) => plane.deleteHsm(id, { by: "id", id: hsm }));
  expect((await served.cluster(id)).hsms).toEqual([]);
  expect(existsSync(file)).toBe(false);
  await served.withHsm(id);
});

test("whoever asks what there is to notice, and then describes, looks at the HSMs once", async () => {
  let looks = 0;
  const served = (await configured()).through((home) => {
    const list = home.list.bind(home);
    return Object.assign(home, { list: () => (looks++, list()) });
  });
  await served.ask(async (plane) => {
    expect(await plane.hasActivations()).toBe(false);
    expect((await plane.clusters()).length).toBe(1);
    expect(looks).toBe(1);
    await plane.tag("cluster-made", [{ key: "k", value: "v" }]);
    expect(await plane.tags("cluster-made")).toEqual([{ key: "k", value: "v" }]);
  });
});
