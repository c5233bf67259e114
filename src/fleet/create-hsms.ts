import type { ClusterEntry, HsmEntry } from "../config/configuration.ts";
import { Backup, type NewIdentity } from "../simulator/cluster-image.ts";
import type { InitialUser } from "../simulator/image-users.ts";
import type { Model } from "../simulator/models/model.ts";
import { HsmError } from "../hsm/return-code.ts";
import { destroyedIds, noteState } from "./hsm-states.ts";
import type { Home } from "../store/home.ts";
import { checkOwnerOf } from "./checked-clusters.ts";
import { creationPlanOf, creationPlans } from "./creation-plan.ts";
import { factoryUsers } from "./factory-users.ts";
import { type Newcomer, agreed, backupOf, hsmsThatAre, livingHsms, naming, newcomerOf } from "./newcomer.ts";
import { Offers } from "./offers.ts";
import { dueHsms, pendingBackup } from "./pending-cluster.ts";
import type { Progress } from "./progress.ts";
import { ProvisionError } from "./provision-error.ts";

/** What creating HSMs works with. */
export interface Provisioning {
  readonly home: Home;
  /** Of which all HSMs are that are created. */
  readonly model: Model;
  /** Microseconds since 1970. */
  readonly clock: () => number;
  readonly progress: Progress;
  /** Called before each HSM that is created. */
  readonly creating: (hsm: HsmEntry) => void;
  /** Called after an HSM was created in a cluster of which others live. */
  readonly joined: (newcomer: Newcomer) => void;
}

/**
 * Creates the HSMs of these clusters that do not exist yet, origins before their clones; leaves the others as they are.
 * To be called under the lock of the home. Throws {@link ProvisionError}, and StoreError for an HSM that cannot be
 * read or written.
 */
export async function createHsms(plans: readonly ClusterEntry[], provisioning: Provisioning): Promise<void> {
  const { home, model, progress } = provisioning;
  const pending = new Map<string, Pending>();
  const destroyed = await destroyedIds(home);
  for (const plan of plans) {
    const absent = await hsmsThatAre("absent", plan, home);
    const missing = absent.filter(({ id }) => !destroyed.has(id));
    pending.set(plan.id, { plan, missing: await dueHsms(missing, plan, home) });
  }
  for (const { plan, missing } of pending.values()) if (missing.length > 0) progress.expect(plan, missing, model);
  const settle = async (id: string): Promise<void> => {
    const next = pending.get(id);
    if (next === undefined) return;
    pending.delete(id);
    const { plan, missing } = next;
    if (plan.cloneOf !== undefined) await settle(plan.cloneOf);
    if (missing.length > 0) await create(missing, plan, plans, provisioning);
  };
  for (const { id } of plans) await settle(id);
}

/** The HSMs of a cluster that are to be created. */
interface Pending {
  readonly plan: ClusterEntry;
  readonly missing: readonly HsmEntry[];
}

async function create(
  missing: readonly HsmEntry[],
  plan: ClusterEntry,
  plans: readonly ClusterEntry[],
  provisioning: Provisioning,
): Promise<void> {
  const { home, model, clock, creating, joined, progress } = provisioning;
  const living = await livingHsms(plan, home);
  const offers = new Offers();
  // Before they are there: so no shell ever takes them for others.
  if (plan.certificates === "pending" || plan.e2e === "checked") await checkOwnerOf(home, plan.id);
  const start = await commonBackup(plan, plans, provisioning, offers, missing);
  for (const hsm of missing) {
    creating(hsm);
    const origin = start.isNew && hsm === missing[0] ? "initialised" : "restored";
    const own = await withItsOwn(start, hsm, plan, progress, offers);
    const backup = living.reduce((raised, other) => raised.withMinimumsOf(agreed(other.hsm, other.backup)), own);
    const identity = identityOf(plan, hsm, model);
    // Before it is there: so it never answers, whatever comes between.
    if (hsm.state === "stopped") await noteStopped(home, hsm, plan.id);
    await naming(hsm, home, "cannot be created", () =>
      home.create(hsm, hsm.id, async (transaction) => {
        await backup.restore(transaction, identity, clock(), origin, progress);
        await creationPlans.put(transaction, "hsm", creationPlanOf(plan, hsm));
      }),
    );
    // Where nobody ever logged in, a creation that was cut off is only completed; what is restored from the first HSM of
    // its cluster lacks nothing.
    const isNews = plan.certificates === "signed" && living.some((other) => other.backup.wasUsed);
    if (isNews) joined(newcomerOf(hsm, plan.id, backup, living));
    await progress.did("hsm");
  }
}

function noteStopped(home: Home, { id, hostname, port }: HsmEntry, clusterId: string): Promise<void> {
  return noteState(home, id, { state: "stopped", clusterId, hostname, port, since: Date.now() });
}

function identityOf(
  { id: clusterId, region, passwordCost, maxKeys }: ClusterEntry,
  hsm: HsmEntry,
  model: Model,
): NewIdentity {
  const { id: hsmId, hostname, port, address } = hsm;
  const identity = { hsmId, clusterId, hostname, port, passwordCost, maxKeys, model: model.name };
  return {
    ...identity,
    ...(region === undefined ? {} : { region }),
    ...(address === undefined ? {} : { address }),
  };
}

/** The users and keys that an HSM has for itself may clash with those that a clone takes from its origin as it is now. */
async function withItsOwn(
  common: Backup,
  hsm: HsmEntry,
  plan: ClusterEntry,
  progress: Progress,
  offers: Offers,
): Promise<Backup> {
  try {
    const withUsers = await common.withUsers(hsm.users.map(offers.user), plan.passwordCost, progress);
    const withKeys = await withUsers.withKeys(hsm.keys, progress);
    return withKeys.withMinimums({ ...plan.minimums, ...hsm.minimums });
  } catch (error) {
    if (!(error instanceof HsmError)) throw error;
    throw new ProvisionError(
      `${hsm.place}: ${hsm.id} cannot be created with what comes from ${plan.cloneOf ?? plan.id}: ${error.message}; ` +
        `change the users, keys or minimums of ${hsm.id}`,
      { cause: error },
    );
  }
}

/** What the new HSMs of a cluster start with, before the users that each has for itself. */
async function commonBackup(
  plan: ClusterEntry,
  plans: readonly ClusterEntry[],
  provisioning: Provisioning,
  offers: Offers,
  missing: readonly HsmEntry[],
): Promise<Backup> {
  const { home, model, clock, progress } = provisioning;
  const origin = plans.find(({ id }) => id === plan.cloneOf);
  if (origin !== undefined) {
    const backup = await backupOf(origin, home);
    if (backup !== undefined) return backup.withKeys(plan.keys, progress);
  }
  if (plan.certificates === "pending") {
    return (await backupOf(plan, home)) ?? firstPending(missing, plan, provisioning, offers);
  }
  const users = plan.users?.map(offers.user) ?? factoryUsers(model, offers);
  for (const relative of familyOf(plan, plans)) {
    const backup = await backupOf(relative, home);
    if (backup === undefined) continue;
    // Those of the cluster itself are asked one by one what its minimums are.
    const empty = relative === plan ? backup.emptied().withoutMinimums() : backup.emptied();
    return populate(empty, users, plan, progress);
  }
  return populate(await Backup.blank(plan.id, clock()), users, plan, progress);
}

function firstPending(
  [first]: readonly HsmEntry[],
  plan: ClusterEntry,
  { model, clock, progress }: Provisioning,
  offers: Offers,
): Promise<Backup> {
  if (first === undefined) throw new Error("no HSM is to be created");
  return pendingBackup(first, plan, model, { time: clock(), offers, progress });
}

/** The cluster and all that come from it, also by way of others: they share its masking key. */
function familyOf(plan: ClusterEntry, plans: readonly ClusterEntry[]): readonly ClusterEntry[] {
  const family = [plan];
  for (const member of family) family.push(...plans.filter(({ cloneOf }) => cloneOf === member.id));
  return family;
}

async function populate(
  backup: Backup,
  users: readonly InitialUser[],
  plan: ClusterEntry,
  progress: Progress,
): Promise<Backup> {
  return (await backup.withUsers(users, plan.passwordCost, progress)).withKeys(plan.keys, progress);
}
