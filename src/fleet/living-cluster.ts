import { Backup, type ClusterTraits } from "../simulator/cluster-image.ts";
import { readTraits } from "../simulator/identity-reader.ts";
import type { Home } from "../store/home.ts";
import { FleetError } from "./fleet-error.ts";
import { hsmsNotUp } from "./hsm-states.ts";
import { type PresentHsm, statusOf } from "./status.ts";

/** A cluster of which at least one HSM is up. */
export interface LivingCluster {
  readonly id: string;
  /** Those that there are, stopped ones too. */
  readonly hsms: readonly PresentHsm[];
  /** The first that is up, of which a backup is taken. */
  readonly source: PresentHsm;
  readonly traits: ClusterTraits;
}

/**
 * Finds a cluster of a home by its id. Throws {@link FleetError} where there is none, or no HSM of it is up; StoreError,
 * HsmError.
 *
 * @param without the id of an HSM that does not count, for it is about to go
 */
export async function livingCluster(home: Home, id: string, without?: string): Promise<LivingCluster> {
  const { clusters } = await statusOf(home);
  const hsms = clusters.find((cluster) => cluster.id === id)?.hsms ?? [];
  if (hsms.length === 0) {
    const ids = clusters.map((cluster) => cluster.id).join(", ");
    const known = ids === "" ? "no HSM there can be read" : `there are ${ids}`;
    throw new FleetError(`${home.name} has no cluster ${id}: ${known}`);
  }
  const stopped = new Set((await hsmsNotUp(home)).map(({ hsmId }) => hsmId));
  const source = hsms.find(({ hsmId }) => !stopped.has(hsmId) && hsmId !== without);
  if (source === undefined) {
    const other = without === undefined ? "HSM" : "other HSM";
    throw new FleetError(`no ${other} of ${id} is up to restore one from: start one with cloudhsm-sim hsm start`);
  }
  return { id, hsms, source, traits: await readTraits(home.open(source), source) };
}

/** All that the first HSM of a cluster has, as it is now. Throws StoreError, HsmError. */
export async function takeBackup(home: Home, { source }: LivingCluster): Promise<Backup> {
  return Backup.take(await home.open(source), source);
}
