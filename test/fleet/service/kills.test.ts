import { describe, expect, test } from "vitest";
import type { ControlPlane } from "../../../src/fleet/service/control-plane.ts";
import { compareHome, isAllInStep } from "../../../src/fleet/compare/compare-home.ts";
import { type CustomerCa, customerCa } from "../../harness/customer-ca.ts";
import { Killed, Writes, dyingHome } from "../../harness/dying-home.ts";
import { type ServedHome, region } from "../../harness/service-home.ts";
import { type Moment, type Moments, momentsOf } from "../../harness/service-states.ts";

const zone = `${region}a`;

/** Something that is killed after each of its writes. */
interface Trial {
  readonly title: string;
  readonly at: (moments: Moments) => Moment;
  readonly work: (plane: ControlPlane, moment: Moment) => Promise<unknown>;
  /** What must hold whether it was done or not, and must become so when it is done again. */
  readonly inspect: (served: ServedHome, moment: Moment, isDone: boolean) => Promise<void>;
}

const createHsm = (plane: ControlPlane, { cluster }: Moment) => plane.createHsm(cluster, { zone });
const deleteHsm = (plane: ControlPlane, { cluster, hsm }: Moment) => plane.deleteHsm(cluster, { by: "id", id: hsm });
const inStep = async (served: ServedHome): Promise<boolean> =>
  isAllInStep(await served.visit((home) => compareHome(home, [])));

/** A cluster has so many HSMs, all ACTIVE and in step; one fewer before it is done again. */
const hsmsAre =
  (count: number): Trial["inspect"] =>
  async (served, moment, isDone) => {
    const before = await served.cluster(moment.cluster);
    expect(before.hsms.length).toBeOneOf(isDone ? [count] : [count - 1, count]);
    if (before.hsms.length < count) await served.ask((plane) => createHsm(plane, moment));
    served.now += served.delay;
    const { hsms } = await served.cluster(moment.cluster);
    expect(hsms.map(({ state }) => state)).toEqual(Array<string>(count).fill("ACTIVE"));
    expect(await inStep(served)).toBe(true);
  };

const isGone: Trial["inspect"] = async (served, moment, isDone) => {
  const there = (await served.cluster(moment.cluster)).hsms.some(({ state }) => state === "ACTIVE");
  if (isDone) expect(there).toBe(false);
  const isLeft = (await served.visit((home) => home.list())).length > 0;
  if (isLeft) await served.ask((plane) => deleteHsm(plane, moment));
  served.now += served.delay;
  expect(await served.visit((home) => home.list())).toEqual([]);
  expect((await served.cluster(moment.cluster)).hsms).toEqual([]);
  await served.ask((plane) => createHsm(plane, moment));
};

let ca: CustomerCa;
const trials: readonly Trial[] = [
  {
    title: "create-hsm, the first",
    at: ({ clusters }) => clusters["UNINITIALIZED, no HSM"],
    work: createHsm,
    inspect: async (served, moment, isDone) => {
      await hsmsAre(1)(served, moment, isDone);
      await expect(served.ask((plane) => createHsm(plane, moment))).rejects.toThrow("already contains an HSM");
    },
  },
  { title: "create-hsm, one more", at: ({ clusters }) => clusters.ACTIVE, work: createHsm, inspect: hsmsAre(2) },
  {
    title: "create-hsm, from the latest backup",
    at: ({ clusters }) => clusters["ACTIVE, no HSM"],
    work: createHsm,
    inspect: hsmsAre(1),
  },
  {
    title: "delete-hsm of an active cluster",
    at: ({ clusters }) => clusters.ACTIVE,
    work: deleteHsm,
    inspect: async (served, moment, isDone) => {
      await isGone(served, moment, isDone);
      expect((await served.cluster(moment.cluster)).state).toBe("ACTIVE");
    },
  },
  {
    title: "delete-hsm of a new cluster",
    at: ({ clusters }) => clusters.UNINITIALIZED,
    work: deleteHsm,
    inspect: isGone,
  },
  {
    title: "initialize-cluster",
    at: ({ clusters }) => clusters.UNINITIALIZED,
    work: (plane, { cluster, signedCert }) => plane.initializeCluster(cluster, { signedCert, trustAnchor: ca.anchor }),
    inspect: async (served, { cluster, signedCert }, isDone) => {
      if (isDone) expect((await served.cluster(cluster)).state).toBe("INITIALIZE_IN_PROGRESS");
      if ((await served.cluster(cluster)).state === "UNINITIALIZED") {
        await served.ask((plane) => plane.initializeCluster(cluster, { signedCert, trustAnchor: ca.anchor }));
      }
      served.now += served.delay;
      expect((await served.cluster(cluster)).state).toBe("INITIALIZED");
      await served.activated(cluster);
      expect((await served.cluster(cluster)).state).toBe("ACTIVE");
    },
  },
  {
    title: "copy-backup-to-region",
    at: ({ backups }) => backups.READY,
    work: (plane, { backup }) => plane.copyBackup(backup, "eu-west-1"),
    inspect: async (served, _, isDone) => {
      const copies = await served.ask((plane) => plane.backups(), "eu-west-1");
      expect(copies.length).toBeOneOf(isDone ? [1] : [0, 1]);
      served.now += served.delay;
      for (const { id: sourceBackup } of copies) {
        const wish = { hsmType: "hsm1.medium", subnetIds: ["subnet-44444444"], tags: [], sourceBackup } as const;
        const { id } = await served.ask((plane) => plane.createCluster(wish), "eu-west-1");
        served.now += served.delay;
        await served.ask((plane) => plane.createHsm(id, { zone: "eu-west-1a" }), "eu-west-1");
        expect(await inStep(served)).toBe(true);
      }
    },
  },
];

describe("killed after each of its writes, nothing is half made:", () => {
  let moments: Moments | undefined;

  test.each(trials)("$title", async ({ at, work, inspect }) => {
    // Whoever comes first goes through the life of a cluster for all.
    moments ??= await momentsOf((ca = customerCa()));
    const moment = at(moments);
    const counted = new Writes();
    const whole = moment.home();
    await whole.through((home) => dyingHome(home, counted)).ask((plane) => work(plane, moment));
    await inspect(whole, moment, true);
    expect(counted.count).toBeGreaterThan(0);
    for (let most = 0; most < counted.count; most++) {
      const served = moment.home();
      const dying = served.through((home) => dyingHome(home, new Writes(most)));
      await expect(dying.ask((plane) => work(plane, moment))).rejects.toThrow(Killed);
      await inspect(served, moment, false);
    }
  });
});
