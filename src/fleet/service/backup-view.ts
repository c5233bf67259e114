import { type KeptBackup, keptBackups } from "../backups.ts";
import { backupArn, backupIdOf } from "./derived-ids.ts";
import { type PlaneContext, timeOf } from "./plane-context.ts";
import type { BackupState, ServiceBackup } from "./service-backup.ts";
import { invalid, notFound } from "./service-error.ts";
import { type BackupRecord, type ServiceRecords, recordsOf } from "./service-records.ts";
import { usualRetention } from "./survey.ts";

/** A backup with what the service keeps of it. */
export interface BackupView extends ServiceBackup {
  readonly record: BackupRecord;
}

const day = 24 * 60 * 60 * 1000;

/** Milliseconds for which a backup that was deleted can be brought back. */
export const pendingTime = 7 * day;

/** All backups of all regions, the oldest first; those that are gone for good are DELETED. Throws StoreError, HsmError. */
export async function allBackups(context: PlaneContext): Promise<readonly BackupView[]> {
  const records = await recordsOf(context.home);
  const views = (await keptBackups(context.home)).map((kept) => viewOf(kept, records, context));
  return views.map((view) =>
    isExpired(view, views, records, context) ? { ...view, state: "DELETED" as const } : view,
  );
}

/** The backups of the region, the oldest first. Throws StoreError, HsmError. */
export async function surveyBackups(context: PlaneContext): Promise<readonly BackupView[]> {
  const all = await allBackups(context);
  return all.filter(({ record, state }) => record.region === context.region && state !== "DELETED");
}

/** The backup of the region with an id or ARN. Throws {@link ServiceError} notFound. */
export function backupNamed(backups: readonly BackupView[], name: string, context: PlaneContext): BackupView {
  const found = backups.find(({ id }) => id === backupIdOf(name));
  if (found === undefined || (name.startsWith("arn:") && name !== found.arn)) throw notFound("Backup", name);
  if (found.record.region !== context.region) throw notFound("Backup", name);
  return found;
}

/** The same, where it is in a state. Throws {@link ServiceError} for another one. */
export async function backupIn(state: BackupState, name: string, context: PlaneContext): Promise<BackupView> {
  const found = backupNamed(await surveyBackups(context), name, context);
  if (found.state === state) return found;
  throw invalid(`Backup ${found.id} is ${found.state}: ${mends[found.state]}.`);
}

const mends: Readonly<Record<BackupState, string>> = {
  CREATE_IN_PROGRESS: "wait until it is READY",
  READY: "only one that is PENDING_DELETION can be restored",
  PENDING_DELETION: "bring it back with restore-backup",
  DELETED: "it is gone for good",
};

/** What the service shows of a backup. */
export function shownBackup({ record: _record, ...shown }: BackupView): ServiceBackup {
  return shown;
}

function viewOf(kept: KeptBackup, records: ServiceRecords, context: PlaneContext): BackupView {
  const { id, time, traits } = kept;
  const record: BackupRecord = records.backups.get(id) ?? {
    region: traits.region ?? context.defaultRegion,
    neverExpires: false,
    isOthers: true,
    tags: [],
    hsmType: records.clusters.get(traits.clusterId)?.hsmType ?? "hsm1.medium",
  };
  const { region, policy: _policy, isOthers = false, ...shown } = record;
  const begun = record.copied ?? time;
  const now = timeOf(context);
  const living = !isOthers && now < begun + context.delay ? "CREATE_IN_PROGRESS" : "READY";
  const { deletion } = record;
  const state = deletion === undefined ? living : now < deletion ? "PENDING_DELETION" : "DELETED";
  const arn = backupArn(region, id);
  return { id, arn, state, clusterId: traits.clusterId, created: time, ...shown, record };
}

/** Copies and what somebody took beside the service have no policy; the last backup of a cluster is kept anyway. */
function isExpired(
  view: BackupView,
  all: readonly BackupView[],
  { clusters }: ServiceRecords,
  context: PlaneContext,
): boolean {
  const { record, neverExpires, copied, clusterId, created, deletion } = view;
  if (record.isOthers === true || neverExpires || copied !== undefined || deletion !== undefined) return false;
  const days = clusters.get(clusterId)?.retentionDays ?? usualRetention;
  if (timeOf(context) < created + days * day) return false;
  const own = all.filter((other) => other.clusterId === clusterId && other.copied === undefined);
  return own.filter((other) => other.deletion === undefined).at(-1) !== view;
}
