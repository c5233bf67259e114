import type { Backup, ClusterTraits } from "../simulator/cluster-image.ts";
import { models, unrecorded } from "../simulator/models/models.ts";
import { type Address, addressKey, addressText } from "../store/address.ts";
import type { Home } from "../store/home.ts";
import { StateError } from "../errors/state-error.ts";
import { hsmsNotUp, noteState, notUpAt } from "./hsm-states.ts";
import type { Progress } from "./progress.ts";
import { drawId } from "./service-ids.ts";

/** What a change of a fleet works with. */
export interface Change {
  readonly home: Home;
  /** Microseconds since 1970. */
  readonly clock: () => number;
  readonly progress: Progress;
}

/** Where an HSM is to be, with the id that it is to have; left out, one is drawn. */
interface NewPlace extends Address {
  readonly id?: string;
}

/** An HSM that was created. */
export interface RestoredHsm extends Address {
  readonly id: string;
}

/**
 * Creates HSMs of a cluster from a backup, as the service does: with all that is in it, and an empty audit log. Each is
 * made whole or not at all, one after the other. To be called under the lock of the home. Throws {@link StateError} where
 * something is at one of the addresses, before any is made, and StoreError.
 */
export async function restoreHsms(
  backup: Backup,
  traits: ClusterTraits,
  addresses: readonly NewPlace[],
  { home, clock, progress }: Change,
): Promise<readonly RestoredHsm[]> {
  await requireFree(home, addresses);
  progress.expectRestored(addresses.length, backup.size);
  const restored: RestoredHsm[] = [];
  for (const { hostname, port, id: hsmId = drawId("hsm") } of addresses) {
    await noteReplacement(home, { hostname, port }, hsmId);
    await home.create({ hostname, port }, hsmId, (transaction) =>
      backup.restore(transaction, { ...traits, hsmId, hostname, port }, clock(), "restored", progress),
    );
    await progress.did("hsm");
    restored.push({ id: hsmId, hostname, port });
  }
  return restored;
}

/** How many HSMs a cluster with these traits can have; undefined where its model is unknown. */
export function mostHsms({ model = unrecorded }: ClusterTraits): number | undefined {
  return models.get(model)?.limits.hsms;
}

async function requireFree(home: Home, addresses: readonly Address[]): Promise<void> {
  const seen = new Set<string>();
  for (const address of addresses) {
    const [name, key] = [addressText(address), addressKey(address)];
    if (seen.has(key)) throw new StateError(`${name} is named twice: give each HSM an address of its own`);
    seen.add(key);
    const found = await home.inspect(address);
    if (found.kind === "absent") continue;
    const what = found.kind === "hsm" ? "an HSM" : "something else";
    throw new StateError(
      `${name} is taken: ${what} is there already (${home.placeOf(address)}): give another hostname or --port`,
    );
  }
}

/** Whoever was destroyed at an address is no more in the way there. */
async function noteReplacement(home: Home, address: Address, replacedBy: string): Promise<void> {
  const gone = notUpAt(await hsmsNotUp(home), address);
  if (gone === undefined) return;
  const { hsmId, ...state } = gone;
  await noteState(home, hsmId, { ...state, replacedBy });
}
