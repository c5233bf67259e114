import { keepTaken, readBackup } from "../backups.ts";
import { type BackupView, backupIn, backupNamed, pendingTime, shownBackup, surveyBackups } from "./backup-view.ts";
import { type PlaneContext, timeOf } from "./plane-context.ts";
import type { ServiceBackup } from "./service-backup.ts";
import type { Tag } from "./service-cluster.ts";
import { invalid } from "./service-error.ts";
import { type BackupRecord, backupRecords, changeRecords } from "./service-records.ts";
import { requireTags } from "./tags.ts";

/** What is said of a backup that is copied from now on. */
export interface CopyStarted {
  /** When the source was created, in milliseconds since 1970. */
  readonly created: number;
  readonly sourceRegion: string;
  readonly sourceBackup: string;
  readonly sourceCluster: string;
}

/** Copies a backup to another region, with its tags or others. Throws {@link ServiceError}, StoreError, HsmError. */
export async function copyBackup(
  name: string,
  destination: string,
  tags: readonly Tag[] | undefined,
  context: PlaneContext,
): Promise<CopyStarted> {
  const source = await backupIn("READY", name, context);
  const { id: sourceBackup, clusterId: sourceCluster, created, hsmType, mode } = source;
  const { region: sourceRegion, home } = context;
  if (destination === sourceRegion) {
    throw invalid(`Backup ${sourceBackup} is in ${sourceRegion} already: give another DestinationRegion.`);
  }
  requireTags(tags ?? []);
  const record: BackupRecord = {
    ...{ region: destination, neverExpires: false, tags: tags ?? source.tags, hsmType, copied: timeOf(context) },
    ...{ sourceRegion, sourceBackup, sourceCluster },
    ...(mode === undefined ? {} : { mode }),
  };
  const taken = await readBackup(home, sourceBackup);
  const traits = { ...taken.traits, region: destination };
  await keepTaken({ ...taken, traits, time: created }, context, (transaction, kept) =>
    backupRecords.put(transaction, kept.id, record),
  );
  return { created, sourceRegion, sourceBackup, sourceCluster };
}

/** Has a backup deleted after some days, in which it can be brought back. Throws {@link ServiceError}, StoreError. */
export async function deleteBackup(id: string, context: PlaneContext): Promise<ServiceBackup> {
  return change(await backupIn("READY", id, context), { deletion: timeOf(context) + pendingTime }, context);
}

/** Brings a backup back that was deleted. Throws {@link ServiceError}, StoreError. */
export async function restoreBackup(id: string, context: PlaneContext): Promise<ServiceBackup> {
  return change(await backupIn("PENDING_DELETION", id, context), { deletion: undefined }, context);
}

/** Says whether the retention policy of its cluster holds for a backup. Throws {@link ServiceError}, StoreError. */
export async function keepForever(id: string, neverExpires: boolean, context: PlaneContext): Promise<ServiceBackup> {
  return change(await backupIn("READY", id, context), { neverExpires }, context);
}

/** Puts a policy on a backup that is named by its ARN. Throws {@link ServiceError}, StoreError. */
export async function putPolicy(arn: string, policy: string, context: PlaneContext): Promise<void> {
  await change(await backupIn("READY", arn, context), { policy }, context);
}

/** The policy of a backup; undefined where it has none. Throws {@link ServiceError}, StoreError. */
export async function policyOf(arn: string, context: PlaneContext): Promise<string | undefined> {
  return backupNamed(await surveyBackups(context), arn, context).record.policy;
}

/** Takes the policy off a backup, and returns it. Throws {@link ServiceError}, StoreError. */
export async function deletePolicy(arn: string, context: PlaneContext): Promise<string | undefined> {
  const backup = backupNamed(await surveyBackups(context), arn, context);
  await change(backup, { policy: undefined }, context);
  return backup.record.policy;
}

/** What can be changed of a backup; undefined takes it away. */
type BackupChange = {
  readonly [K in "deletion" | "neverExpires" | "policy"]?: BackupRecord[K] | undefined;
};

async function change(view: BackupView, changes: BackupChange, context: PlaneContext): Promise<ServiceBackup> {
  // What is undefined is not written.
  const record = JSON.parse(JSON.stringify({ ...view.record, ...changes })) as BackupRecord;
  await changeRecords(context.home, (transaction) => backupRecords.put(transaction, view.id, record));
  const changed = backupNamed(await surveyBackups(context), view.id, context);
  return shownBackup(changed);
}
