import { setTimeout as sleep } from "node:timers/promises";
import { StateError } from "../../errors/state-error.ts";
import { Backup } from "../../simulator/cluster-image.ts";
import { addressText } from "../../store/address.ts";
import type { HeldHsm } from "../../store/home.ts";
import { StoreError } from "../../store/store.ts";
import { keepTaken } from "../backups.ts";
import { destroyHeld, holdAlone } from "../destroy-hsm.ts";
import { backupRecordOf } from "./cluster-backups.ts";
import { conditionOf, shownHsms } from "./cluster-view.ts";
import { derivedId } from "./derived-ids.ts";
import { clusterNamed, keptRecord, settledState } from "./found.ts";
import { type PlaneContext, timeOf } from "./plane-context.ts";
import { invalid, notFound } from "./service-error.ts";
import { backupRecords, changeRecords, clusterRecords, hsmRecords } from "./service-records.ts";
import type { FoundCluster, FoundHsm, Survey } from "./survey.ts";

/** How an HSM of a cluster is named. */
export type HsmSelector =
  | { readonly by: "id"; readonly id: string }
  | { readonly by: "eniId"; readonly eniId: string }
  | { readonly by: "ip"; readonly ip: string };

/**
 * Deletes an HSM, after a backup of it where its cluster is initialised. Returns its id. Throws {@link ServiceError}, also
 * while a shell has it open; StoreError, HsmError.
 */
export async function deleteHsm(
  clusterId: string,
  selector: HsmSelector,
  survey: Survey,
  context: PlaneContext,
): Promise<string> {
  const cluster = clusterNamed(survey, clusterId, context);
  const hsm = hsmNamed(cluster, selector, context);
  settledState(cluster, context);
  const { state } = conditionOf(hsm, context);
  if (state === "CREATE_IN_PROGRESS") throw invalid(`HSM ${hsm.id} is still being created: wait until it is ACTIVE.`);
  // One that is there all the same was not deleted to the end.
  if (state === "DELETE_IN_PROGRESS" && hsm.served === undefined) throw invalid(`HSM ${hsm.id} is being deleted.`);
  const { home } = context;
  // Before it goes: a cluster of a configuration is nowhere else without HSMs.
  const record = keptRecord(cluster, context);
  await changeRecords(home, (transaction) => clusterRecords.put(transaction, clusterId, record));
  await destroy(hsm, cluster, context);
  const { zone, subnetId } = hsm.subnet;
  const { hostname, port } = hsm;
  const known = hsm.record ?? { clusterId, zone, subnetId, hostname, port, created: 0 };
  const deleted = { ...known, deleted: timeOf(context) };
  await changeRecords(home, (transaction) => hsmRecords.put(transaction, hsm.id, deleted));
  return hsm.id;
}

function hsmNamed(cluster: FoundCluster, selector: HsmSelector, context: PlaneContext): FoundHsm {
  const shown = shownHsms(cluster, context);
  const [word, found] =
    selector.by === "id"
      ? [selector.id, shown.find(({ id }) => id === selector.id)]
      : selector.by === "eniId"
        ? [selector.eniId, shown.find(({ id }) => derivedId("eni", id) === selector.eniId)]
        : [selector.ip, shown.find(({ hostname }) => hostname === selector.ip)];
  if (found === undefined) throw notFound("HSM", `${word} of cluster ${cluster.id}`);
  return found;
}

async function destroy(hsm: FoundHsm, cluster: FoundCluster, context: PlaneContext): Promise<void> {
  const { home } = context;
  const { id: hsmId, served, notUp } = hsm;
  const place = await home.inspect(hsm);
  // Another one may have its place by now.
  if (place.kind !== "hsm" || place.mark !== home.markOf(hsmId)) return;
  await letGo(hsm, context);
  const held = await holdPatiently(hsm, context);
  try {
    if (served?.isInitialised === true && notUp !== "destroyed") await backUp(hsm, held, cluster, context);
    await destroyHeld(home, { ...addressOf(hsm), hsmId, clusterId: cluster.id }, held);
  } finally {
    await held.release();
  }
}

/** This process has the HSM open itself, having looked at it. */
async function letGo(hsm: FoundHsm, { home }: PlaneContext): Promise<void> {
  try {
    await (await home.open(hsm)).close();
  } catch (error) {
    // What cannot be opened is not open, and can be deleted all the same.
    if (!(error instanceof StoreError)) throw error;
  }
}

async function backUp(hsm: FoundHsm, held: HeldHsm, { record }: FoundCluster, context: PlaneContext): Promise<void> {
  const { id: hsmId, served } = hsm;
  if (served === undefined) return;
  const backup = await Backup.take(held, hsm);
  await keepTaken({ backup, traits: served.traits, hsmId }, context, (transaction, kept) =>
    backupRecords.put(transaction, kept.id, backupRecordOf(record)),
  );
}

/** Milliseconds to wait for whoever only looks at an HSM, and between two tries. */
const patience = { whole: 3000, step: 100 } as const;

async function holdPatiently(hsm: FoundHsm, { home }: PlaneContext): Promise<HeldHsm> {
  for (let waited = 0; ; waited += patience.step) {
    try {
      return await holdAlone(home, hsm);
    } catch (error) {
      if (!(error instanceof StateError)) throw error;
      if (waited >= patience.whole) {
        throw invalid(
          `HSM ${hsm.id} at ${addressText(hsm)} is open in a shell: quit that shell, then delete it again.`,
        );
      }
      await sleep(patience.step);
    }
  }
}

function addressOf({ hostname, port }: FoundHsm): Pick<FoundHsm, "hostname" | "port"> {
  return { hostname, port };
}
