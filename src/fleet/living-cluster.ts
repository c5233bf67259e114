import { HsmError } from "../hsm/return-code.ts";
import { Backup, type ClusterTraits } from "../simulator/cluster-image.ts";
import { readIdentity, readTraits } from "../simulator/identity-reader.ts";
import { type Address, isSameAddress } from "../store/address.ts";
import type { Home } from "../store/home.ts";
import { placeAt } from "../store/place.ts";
import { type KnownHsm } from "./find-hsm.ts";
import { StateError } from "../errors/state-error.ts";
import { hsmsNotUp } from "./hsm-states.ts";

/** A cluster of which at least one HSM is up. */
export interface LivingCluster {
  readonly id: string;
  /** Those that there are, stopped ones too. */
  readonly hsms: readonly KnownHsm[];
  /** The first that is up, of which a backup is taken. */
  readonly source: KnownHsm;
  readonly traits: ClusterTraits;
}

/**
 * Finds a cluster of a home by its id. Throws {@link StateError} where there is none, or no HSM of it is up; StoreError,
 * HsmError.
 *
 * @param without an HSM that does not count, and is not opened
 */
export async function livingCluster(home: Home, id: string, without?: Address): Promise<LivingCluster> {
  const known = await readableHsms(home, without);
  const hsms = known.filter(({ clusterId }) => clusterId === id);
  if (hsms.length === 0 && without === undefined) throw noCluster(home, id, known);
  const notUp = new Set((await hsmsNotUp(home)).map(({ hsmId }) => hsmId));
  const source = hsms.find(({ hsmId }) => !notUp.has(hsmId));
  if (source === undefined) {
    const other = without === undefined ? "HSM" : "other HSM";
    throw new StateError(`no ${other} of ${id} is up to restore one from: start one with cloudhsm-sim hsm start`);
  }
  return { id, hsms, source, traits: await readTraits(home.open(source), source) };
}

/** What is thrown where a home has no cluster of that id among the HSMs that can be read: it names those that there are. */
export function noCluster({ name }: Home, id: string, known: readonly KnownHsm[]): StateError {
  const ids = [...new Set(known.map(({ clusterId }) => clusterId))].sort().join(", ");
  return new StateError(
    `${name} has no cluster ${id}: ${ids === "" ? "no HSM there can be read" : `there are ${ids}`}`,
  );
}

/** All that the source of a cluster has, as it is now. Throws StoreError, HsmError. */
export async function takeBackup(home: Home, { source }: LivingCluster): Promise<Backup> {
  return Backup.take(await home.open(source), source);
}

/**
 * The HSMs of a home that can be read, in the order of their addresses. Throws StoreError.
 *
 * @param without an HSM that does not count, and is not opened
 */
export async function readableHsms(home: Home, without?: Address): Promise<readonly KnownHsm[]> {
  const known: KnownHsm[] = [];
  for (const { hostname, port } of await home.list()) {
    const address = { hostname, port };
    if (without !== undefined && isSameAddress(without, address)) continue;
    if ((await placeAt(home, address)).kind !== "hsm") continue;
    try {
      const { id, clusterId } = await readIdentity(home.open(address), address);
      known.push({ ...address, hsmId: id, clusterId });
    } catch (error) {
      if (!(error instanceof HsmError)) throw error;
    }
  }
  return known;
}
