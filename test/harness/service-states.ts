import { MemoryHome } from "../../src/store/memory/memory-home.ts";
import type { MemoryHsm } from "../../src/store/memory/memory-hsm.ts";
import { MemoryPlace } from "../../src/store/memory/memory-place.ts";
import { MemoryStore } from "../../src/store/memory/memory-store.ts";
import type { BackupCase, ClusterCase, HsmCase } from "../fleet/service/state-tables.ts";
import type { CustomerCa } from "./customer-ca.ts";
import { ServedHome, region } from "./service-home.ts";

/** Milliseconds for which transitions are shown. */
const delay = 60_000;
const week = 7 * 24 * 60 * 60 * 1000;

/** What there is in a home, at one moment. */
export interface Moment {
  readonly cluster: string;
  readonly hsm: string;
  readonly backup: string;
  /** What initialises the cluster, where it waits for that. */
  readonly signedCert: string;
  /** A home of its own, with all that: whatever is done there, the next one is as this was. */
  readonly home: () => ServedHome;
}

/** Homes in which a cluster, an HSM and a backup are in each of their states. */
export interface Moments {
  readonly clusters: Readonly<Record<ClusterCase, Moment>>;
  readonly hsms: Readonly<Record<HsmCase, Moment>>;
  readonly backups: Readonly<Record<BackupCase, Moment>>;
}

type Ids = Omit<Moment, "home">;

/** A home in memory that can be copied, and the time there. */
class Stage {
  readonly #place: MemoryPlace;
  readonly served: ServedHome;

  constructor(place: MemoryPlace, now: number) {
    this.#place = place;
    this.served = Object.assign(new ServedHome(() => new MemoryHome(place)), { delay, now });
  }

  copy(): Stage {
    return new Stage(copyOf(this.#place), this.served.now);
  }

  later(time = delay): this {
    this.served.now += time;
    return this;
  }

  /** What there is now, whatever happens on this stage later. */
  moment(ids: Ids): Moment {
    const kept = this.copy();
    return { ...ids, home: () => kept.copy().served };
  }
}

/** Goes through the life of a cluster once, and keeps each of its moments. */
export async function momentsOf(ca: CustomerCa): Promise<Moments> {
  const stage = new Stage(new MemoryPlace(), Date.now());
  const { served } = stage;
  const ids = { cluster: "cluster-aaaaaaaaaaa", hsm: "hsm-aaaaaaaaaaa", backup: "backup-aaaaaaaaaaa", signedCert: "" };
  const moment = (): Moment => stage.moment({ ...ids });
  /** Another course of things, which begins now: the moment after it, and the one when it is settled. */
  const aside = async (
    work: (home: ServedHome) => Promise<Partial<Ids>>,
    time = delay,
  ): Promise<readonly [begun: Moment, settled: Moment]> => {
    const other = stage.copy();
    const own = { ...ids, ...(await work(other.served)) };
    return [other.moment(own), other.later(time).moment(own)];
  };
  const deleting = (home: ServedHome): Promise<Partial<Ids>> =>
    home.ask((plane) => plane.deleteHsm(ids.cluster, { by: "id", id: ids.hsm })).then(() => ({}));
  const absent = moment();

  ids.cluster = await served.created();
  const creating = moment();
  stage.later();
  const empty = moment();
  const [, degraded] = await aside(async (home) => {
    const wish = { zone: `${region}a`, degraded: true };
    return { hsm: (await home.ask((plane) => plane.createHsm(ids.cluster, wish))).id };
  });
  ids.hsm = await served.withHsm(ids.cluster);
  const making = moment();
  stage.later();
  ids.signedCert = ca.sign((await served.cluster(ids.cluster)).certificates.clusterCsr ?? "");
  served.now = Math.max(served.now, Date.now());
  const uninitialised = moment();
  const [deletingHsm, deletedHsm] = await aside(deleting);

  const wish = { signedCert: ids.signedCert, trustAnchor: ca.anchor };
  await served.ask((plane) => plane.initializeCluster(ids.cluster, wish));
  const initialising = moment();
  stage.later();
  const initialised = moment();
  const [, initialisedEmpty] = await aside(deleting);
  await served.activated(ids.cluster);
  await served.ask((plane) => plane.noticeActivations());
  ids.backup = (await served.ask((plane) => plane.backups()))[0]?.id ?? "";
  const backingUp = moment();
  stage.later();
  const active = moment();
  const [, copied] = await aside(async (home) => {
    await home.ask((plane) => plane.copyBackup(ids.backup, "eu-west-1"));
    return { backup: (await home.ask((plane) => plane.backups(), "eu-west-1"))[0]?.id ?? "" };
  });
  const [pendingBackup, goneBackup] = await aside(
    (home) => home.ask((plane) => plane.deleteBackup(ids.backup)).then(() => ({})),
    week,
  );
  await deleting(served);
  stage.later();
  const activeEmpty = moment();
  await served.ask((plane) => plane.deleteCluster(ids.cluster));
  const deletingCluster = moment();
  stage.later();
  return {
    clusters: {
      absent,
      CREATE_IN_PROGRESS: creating,
      "UNINITIALIZED, no HSM": empty,
      UNINITIALIZED: uninitialised,
      INITIALIZE_IN_PROGRESS: initialising,
      INITIALIZED: initialised,
      "INITIALIZED, no HSM": initialisedEmpty,
      ACTIVE: active,
      "ACTIVE, no HSM": activeEmpty,
      DELETE_IN_PROGRESS: deletingCluster,
      DELETED: moment(),
    },
    hsms: {
      absent: empty,
      CREATE_IN_PROGRESS: making,
      ACTIVE: uninitialised,
      DEGRADED: degraded,
      DELETE_IN_PROGRESS: deletingHsm,
      DELETED: deletedHsm,
    },
    backups: {
      absent: { ...active, backup: "backup-aaaaaaaaaaa" },
      CREATE_IN_PROGRESS: backingUp,
      READY: active,
      PENDING_DELETION: pendingBackup,
      DELETED: goneBackup,
      "of another region": copied,
    },
  };
}

/** The same home once more. */
function copyOf(place: MemoryPlace): MemoryPlace {
  const copy = new MemoryPlace();
  const hsmOf = (hsm: MemoryHsm): MemoryHsm => ({
    ...hsm,
    store: new MemoryStore(hsm.store),
    users: new Set(),
    isHeld: false,
  });
  for (const [key, hsm] of place.hsms) copy.hsms.set(key, hsmOf(hsm));
  if (place.records !== undefined) copy.records = hsmOf(place.records);
  return copy;
}
