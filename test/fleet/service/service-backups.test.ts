import { describe, expect, test } from "vitest";
import { keepBackup } from "../../../src/fleet/backups.ts";
import { configured } from "../../harness/configured-home.ts";
import { changeOf } from "../../harness/fleet-change.ts";
import { type ServedHome, region } from "../../harness/service-home.ts";

const day = 24 * 60 * 60 * 1000;
const zone = `${region}a`;

describe("backups", () => {
  /** A cluster with so many backups, one a day. */
  async function backedUp(count: number): Promise<readonly [ServedHome, readonly string[]]> {
    const served = await configured();
    for (let times = 0; times < count; times++) {
      const { id } = await served.ask((plane) => plane.createHsm("cluster-made", { zone }));
      await served.ask((plane) => plane.deleteHsm("cluster-made", { by: "id", id }));
      served.now += day;
    }
    return [served, (await served.ask((plane) => plane.backups())).map(({ id }) => id)];
  }

  test("are gone when the retention of their cluster is over, but the last one, those kept for ever, and copies", async () => {
    const [served, [first = "", second = "", ...others]] = await backedUp(2);
    await served.ask((plane) => plane.modifyCluster("cluster-made", { retentionDays: 7 }));
    await served.ask((plane) => plane.keepForever(first, true));
    await served.ask((plane) => plane.copyBackup(second, "eu-west-1"));
    served.now += 30 * day;
    const left = async (asked = region) => (await served.ask((plane) => plane.backups(), asked)).map(({ id }) => id);
    expect(await left()).toEqual([first, others.at(-1)]);
    expect((await left("eu-west-1")).length).toBe(1);
    const kept = () =>
      served.visit(async (home) => (await home.records())?.read((snapshot) => snapshot.count("backup")));
    expect(await kept()).toBe(5);
    await served.ask((plane) => plane.tag("cluster-made", []));
    expect(await kept()).toBe(3);
    expect(await left()).toEqual([first, others.at(-1)]);
  });

  test("that a cluster without HSMs waits for stay until it has one", async () => {
    const [served, ids] = await backedUp(1);
    const source = ids.at(-1) ?? "";
    const wish = { hsmType: "hsm1.medium", subnetIds: ["subnet-1"], tags: [], sourceBackup: source } as const;
    const { id } = await served.ask((plane) => plane.createCluster(wish));
    await served.ask((plane) => plane.deleteBackup(source));
    served.now += 8 * day;
    expect((await served.ask((plane) => plane.backups())).map((backup) => backup.id)).not.toContain(source);
    await served.withHsm(id);
    expect(await served.cluster(id)).toMatchObject({ state: "ACTIVE", hsms: [{ state: "ACTIVE" }] });
  });

  test("are not copied to where they are", async () => {
    const [served, [first = ""]] = await backedUp(1);
    await expect(served.ask((plane) => plane.copyBackup(first, region))).rejects.toThrow(`is in ${region} already`);
  });

  test("keep their policy until it is deleted", async () => {
    const [served, [first = ""]] = await backedUp(1);
    const { arn = "" } = (await served.ask((plane) => plane.backups())).find(({ id }) => id === first) ?? {};
    expect(arn).toBe(`arn:aws:cloudhsm:${region}:000000000000:backup/${first}`);
    await served.ask((plane) => plane.putPolicy(arn, '{"a":1}'));
    expect(await served.ask((plane) => plane.policy(arn))).toBe('{"a":1}');
    expect(await served.ask((plane) => plane.deletePolicy(arn))).toBe('{"a":1}');
    expect(await served.ask((plane) => plane.policy(arn))).toBeUndefined();
    await expect(served.ask((plane) => plane.policy(arn.replace(region, "eu-west-1")))).rejects.toMatchObject({
      kind: "notFound",
    });
  });
});

test("a backup that somebody took beside the service is listed, and stays", async () => {
  const served = await configured();
  const { id } = await served.visit((home) => keepBackup("cluster-made", changeOf(home)));
  await served.ask((plane) => plane.tag(id, [{ key: "k", value: "v" }]));
  await served.ask((plane) => plane.modifyCluster("cluster-made", { retentionDays: 7 }));
  served.now += 400 * day;
  const { id: hsm } = await served.ask((plane) => plane.createHsm("cluster-made", { zone }));
  await served.ask((plane) => plane.deleteHsm("cluster-made", { by: "id", id: hsm }));
  expect((await served.ask((plane) => plane.backups())).map((backup) => backup.id)).toContain(id);
});
