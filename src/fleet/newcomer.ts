import type { ClusterEntry, HsmEntry } from "../config/configuration.ts";
import { Backup } from "../simulator/cluster-image.ts";
import type { Difference } from "../simulator/image-difference.ts";
import type { Found, Home } from "../store/home.ts";
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
export async function livingHsms(plan: ClusterEntry, home: Home): Promise<readonly LivingHsm[]> {
  const living: LivingHsm[] = [];
  for (const hsm of plan.hsms) {
    const found = await look(hsm, home);
    if (found.kind === "hsm") living.push({ hsm, backup: await readBackup(hsm, home), since: found.since });
  }
  return living;
}

/**
 * What an HSM that exists tells of the minimums of its cluster: all of its own, but those that its configuration gave it
 * alone, as long as nobody logged in there who could have set others.
 */
export function agreed(hsm: HsmEntry, backup: Backup): Backup {
  return backup.wasUsed || Object.keys(hsm.minimums).length === 0 ? backup : backup.withoutMinimums();
}

/** What the first HSM of a cluster that exists has; undefined where none does. Throws StoreError. */
export async function backupOf(plan: ClusterEntry, home: Home): Promise<Backup | undefined> {
  const [first] = await hsmsThatAre("hsm", plan, home);
  return first === undefined ? undefined : readBackup(first, home);
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

/** The HSMs of a cluster at whose places that is found. Throws a StoreError that names the HSM. */
export async function hsmsThatAre(
  kind: Found["kind"],
  { hsms }: ClusterEntry,
  home: Home,
): Promise<readonly HsmEntry[]> {
  const found: HsmEntry[] = [];
  for (const hsm of hsms) if ((await look(hsm, home)).kind === kind) found.push(hsm);
  return found;
}

function look(hsm: HsmEntry, home: Home): Promise<Found> {
  return naming(hsm, home, "cannot be inspected", () => home.inspect(hsm));
}

/** A StoreError, or whatever a damaged record leads to, says which HSM it was, and where. */
export async function naming<T>(hsm: HsmEntry, home: Home, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw named(error, hsm, home, what);
  }
}

function named(error: unknown, hsm: HsmEntry, home: Home, what: string): unknown {
  if (!(error instanceof Error) || error.name === "AbortError") return error;
  const place = home.placeOf(hsm);
  const cause = error.message.replace(place, "").replace(/^:? /, "");
  const failure = error instanceof StoreError ? error.failure : "failed";
  return new StoreError(failure, `${hsm.place}: ${hsm.id} ${what} (${place}): ${cause}`, { cause: error });
}

function readBackup(hsm: HsmEntry, home: Home): Promise<Backup> {
  const what = `cannot be read to create other HSMs from it: ${home.words.restore("its")}`;
  return naming(hsm, home, what, async () => Backup.take(await home.open(hsm), hsm));
}
