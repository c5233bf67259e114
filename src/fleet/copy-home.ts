import { StateError } from "../errors/state-error.ts";
import { copyStore, countRecords } from "../simulator/hsm-copy.ts";
import { addressText } from "../store/address.ts";
import type { Home } from "../store/home.ts";
import { placeAt } from "../store/place.ts";
import type { Store } from "../store/store.ts";
import { holdAlone } from "./destroy-hsm.ts";
import { type KnownHsm, naming } from "./find-hsm.ts";
import { noCluster, readableHsms } from "./living-cluster.ts";
import type { Progress } from "./progress.ts";

/** What is copied from one home to another. */
export interface Copying {
  readonly from: Home;
  readonly to: Home;
  /** The cluster whose HSMs are copied; undefined copies all, and what belongs to no HSM. */
  readonly cluster: string | undefined;
  readonly progress: Progress;
  /** Told where an HSM is that cannot be read, and so may be of the cluster or not. */
  readonly leftOut: (place: string) => void;
}

/**
 * Copies HSMs to another home, each as it is at that moment, and returns them. To be called under the locks of both homes.
 * Where one fails, those that were copied before it are deleted again. Throws {@link StateError} for a home that cannot be
 * copied whole, and one that already holds what would be copied; StoreError.
 */
export async function copyHome({ from, to, cluster, progress, leftOut }: Copying): Promise<readonly KnownHsm[]> {
  const hsms = await chosen(from, cluster, leftOut);
  await requireRoom(to, hsms, cluster === undefined);
  const copied: KnownHsm[] = [];
  try {
    for (const hsm of hsms) {
      await naming(hsm, async () => copyHsm(await from.open(hsm), to, hsm, progress));
      copied.push(hsm);
    }
    if (cluster === undefined) await copyRecords(await from.records(), to, progress);
  } catch (error) {
    for (const hsm of copied) await deleteAgain(to, hsm);
    throw error;
  }
  return copied;
}

async function chosen(
  from: Home,
  cluster: string | undefined,
  leftOut: Copying["leftOut"],
): Promise<readonly KnownHsm[]> {
  const readable = await readableHsms(from);
  // Of all that is there, and not of HSMs alone: what was one may be damaged.
  const [broken, ...others] = (await from.list()).filter(
    ({ hostname, port }) => !readable.some((hsm) => hsm.hostname === hostname && hsm.port === port),
  );
  if (cluster === undefined) {
    if (broken === undefined && readable.length > 0) return readable;
    if (broken === undefined) throw new StateError(`${from.name} holds no HSM`);
    throw new StateError(`${addressText(broken)} in ${from.name} cannot be read: cloudhsm-sim status says why`);
  }
  const members = readable.filter(({ clusterId }) => clusterId === cluster);
  if (members.length > 0) {
    if (broken !== undefined) for (const address of [broken, ...others]) leftOut(from.placeOf(address));
    return members;
  }
  throw noCluster(from, cluster, readable);
}

async function requireRoom(to: Home, hsms: readonly KnownHsm[], isWhole: boolean): Promise<void> {
  for (const hsm of hsms) {
    if ((await placeAt(to, hsm)).kind === "absent") continue;
    throw new StateError(
      `${to.name} has an HSM at ${addressText(hsm)}: name another home, or empty it with cloudhsm-sim reset`,
    );
  }
  if (isWhole && (await to.records()) !== undefined) {
    throw new StateError(
      `${to.name} keeps backups, faults or states: name another home, or empty it with cloudhsm-sim reset`,
    );
  }
}

function copyHsm(store: Store, to: Home, { hostname, port, hsmId }: KnownHsm, progress: Progress): Promise<void> {
  return store.read(async (snapshot) => {
    progress.expectRecords({ users: 0, keys: await countRecords(snapshot) });
    await to.create({ hostname, port }, hsmId, (transaction) => copyStore(snapshot, transaction, progress));
  });
}

async function copyRecords(records: Store | undefined, to: Home, progress: Progress): Promise<void> {
  if (records === undefined) return;
  const kept = await to.keepRecords();
  await records.read((snapshot) => kept.change((transaction) => copyStore(snapshot, transaction, progress)));
}

async function deleteAgain(to: Home, hsm: KnownHsm): Promise<void> {
  const held = await holdAlone(to, hsm);
  await held.delete();
  await held.release();
}
