import type { ClusterEntry, HsmEntry } from "../config/configuration.ts";
import { Backup } from "../simulator/cluster-image.ts";
import type { Model } from "../simulator/models/model.ts";
import { readServed } from "../simulator/service-reader.ts";
import type { Home } from "../store/home.ts";
import { factoryUsers } from "./factory-users.ts";
import { hsmsThatAre, naming } from "./newcomer.ts";
import type { Offers } from "./offers.ts";
import type { Progress } from "./progress.ts";

/**
 * Which of the missing HSMs of a cluster can be made now. Of one whose certificates are still to come, that is the first,
 * and the others once that is activated. Throws StoreError, HsmError.
 */
export async function dueHsms(
  missing: readonly HsmEntry[],
  plan: ClusterEntry,
  home: Home,
): Promise<readonly HsmEntry[]> {
  if (plan.certificates !== "pending" || missing.length === 0) return missing;
  const [first] = await hsmsThatAre("hsm", plan, home);
  if (first === undefined) return missing.slice(0, 1);
  const { isActivated } = await naming(first, home, "cannot be read to create other HSMs from it", () =>
    readServed(home.open(first), first),
  );
  return isActivated ? missing : [];
}

/** What the first HSM of a cluster begins with that its customer is to certify: the users of the factory. */
export async function pendingBackup(
  first: HsmEntry,
  { passwordCost }: ClusterEntry,
  model: Model,
  { time, offers, progress }: { readonly time: number; readonly offers: Offers; readonly progress: Progress },
): Promise<Backup> {
  const blank = await Backup.uncertified(first.id, model.requestedName, time);
  return blank.withUsers(factoryUsers(model, offers), passwordCost, progress);
}
