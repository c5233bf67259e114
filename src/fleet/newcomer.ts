import { statSync } from "node:fs";
import type { ClusterEntry, HsmEntry } from "../config/configuration.ts";
import { Backup } from "../simulator/cluster-image.ts";
import type { Difference } from "../simulator/image-difference.ts";
import type { FileState } from "../store/sqlite/hsm-file.ts";
import type { HsmFolder } from "../store/sqlite/hsm-folder.ts";
import { StoreError } from "../store/store.ts";

/** An HSM that existed before another one of its cluster was created. */
interface LivingHsm {
  readonly hsm: HsmEntry;
  readonly backup: Backup;
  readonly since: Date;
}

/** An HSM that was created in a cluster of which others live, and what it lacks of theirs. */
export interface Newcomer {
  readonly hsm: HsmEntry;
  readonly clusterId: string;
  /** The ids of the others. */
  readonly living: readonly string[];
  /** When the oldest of them was created. */
  readonly since: Date;
  readonly lacks: Difference;
}

/** The HSMs of a cluster that exist. Throws StoreError for one that cannot be read. */
export async function livingHsms(plan: ClusterEntry, folder: HsmFolder): Promise<readonly LivingHsm[]> {
  const living: LivingHsm[] = [];
  for (const hsm of plan.hsms) {
    if (stateOf(hsm, folder) !== "hsm") continue;
    const backup = await readBackup(hsm, folder);
    living.push({ hsm, backup, since: statSync(folder.file(hsm)).birthtime });
  }
  return living;
}

/** What the first HSM of a cluster that exists has; undefined where none does. Throws StoreError. */
export async function backupOf(plan: ClusterEntry, folder: HsmFolder): Promise<Backup | undefined> {
  const first = plan.hsms.find((hsm) => stateOf(hsm, folder) === "hsm");
  return first === undefined ? undefined : readBackup(first, folder);
}

/** Compares an HSM that was created with `backup` with all that lived before. */
export function newcomerOf(hsm: HsmEntry, clusterId: string, backup: Backup, living: readonly LivingHsm[]): Newcomer {
  const each = living.map((other) => backup.lacking(other.backup));
  const union = <T>(part: (difference: Difference) => readonly T[]): readonly T[] => [...new Set(each.flatMap(part))];
  return {
    hsm,
    clusterId,
    living: living.map((other) => other.hsm.id),
    since: new Date(Math.min(...living.map(({ since }) => since.getTime()))),
    lacks: {
      missingUsers: union((difference) => difference.missingUsers),
      otherTypes: union((difference) => difference.otherTypes),
      otherPasswords: union((difference) => difference.otherPasswords),
      missingQuorumKeys: union((difference) => difference.missingQuorumKeys),
      missingKeys: union((difference) => difference.missingKeys),
    },
  };
}

/** What is at the place of an HSM's file. Throws a StoreError that names the HSM. */
export function stateOf(hsm: HsmEntry, folder: HsmFolder): FileState["kind"] {
  try {
    return folder.inspect(hsm).kind;
  } catch (error) {
    throw named(error, hsm, folder, "cannot be looked at");
  }
}

/** A StoreError, or whatever a damaged file leads to, says which HSM it was, and where. */
export async function naming<T>(hsm: HsmEntry, folder: HsmFolder, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw named(error, hsm, folder, what);
  }
}

function named(error: unknown, hsm: HsmEntry, folder: HsmFolder, what: string): unknown {
  if (!(error instanceof Error) || error.name === "AbortError") return error;
  const file = folder.file(hsm);
  const cause = error.message.replace(file, "").replace(/^:? /, "");
  const failure = error instanceof StoreError ? error.failure : "failed";
  return new StoreError(failure, `${hsm.place}: ${hsm.id} ${what} (${file}): ${cause}`, { cause: error });
}

function readBackup(hsm: HsmEntry, folder: HsmFolder): Promise<Backup> {
  const what =
    "cannot be read for the HSMs that are to be created: remove its -wal and -shm and put a backup of its file back, or delete all three";
  return naming(hsm, folder, what, async () => Backup.take(await folder.open(hsm), hsm));
}
