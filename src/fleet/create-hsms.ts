import { randomBytes } from "node:crypto";
import type { ClusterEntry, HsmEntry, UserEntry } from "../config/configuration.ts";
import { Backup, type InitialUser } from "../simulator/cluster-image.ts";
import type { FactoryUser, Model } from "../simulator/models/model.ts";
import { offerPassword } from "../hsm/password-offer.ts";
import { HsmError } from "../hsm/return-code.ts";
import type { Home } from "../store/home.ts";
import { creationPlanOf, creationPlans } from "./creation-plan.ts";
import { type Newcomer, backupOf, hsmsThatAre, livingHsms, naming, newcomerOf } from "./newcomer.ts";
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
  for (const plan of plans) pending.set(plan.id, { plan, missing: await hsmsThatAre("absent", plan, home) });
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
  const start = await commonBackup(plan, plans, provisioning);
  const common = living.reduce((backup, other) => backup.withMinimumsOf(other.backup), start);
  for (const hsm of missing) {
    creating(hsm);
    const origin = start.isNew && hsm === missing[0] ? "initialised" : "restored";
    const backup = await withItsOwn(common, hsm, plan, progress);
    const { id: hsmId, hostname, port } = hsm;
    const { passwordCost, maxKeys } = plan;
    const identity = { hsmId, clusterId: plan.id, hostname, port, passwordCost, maxKeys, model: model.name };
    await naming(hsm, home, "cannot be created", () =>
      home.create(hsm, hsmId, async (transaction) => {
        await backup.restore(transaction, identity, clock(), origin, progress);
        await creationPlans.put(transaction, "hsm", creationPlanOf(plan, hsm));
      }),
    );
    // Where nobody ever logged in, a creation that was cut off is only completed.
    if (living.some((other) => other.backup.wasUsed)) joined(newcomerOf(hsm, plan.id, backup, living));
    await progress.did("hsm");
  }
}

/** The users and keys that an HSM has for itself may clash with those that a clone takes from its origin as it is now. */
async function withItsOwn(common: Backup, hsm: HsmEntry, plan: ClusterEntry, progress: Progress): Promise<Backup> {
  try {
    const withUsers = await common.withUsers(hsm.users.map(initialUser), plan.passwordCost, progress);
    return await withUsers.withKeys(hsm.keys, progress);
  } catch (error) {
    if (!(error instanceof HsmError)) throw error;
    throw new ProvisionError(
      `${hsm.place}: ${hsm.id} cannot be created with what comes from ${plan.cloneOf ?? plan.id}: ${error.message}; ` +
        `change the users and keys of ${hsm.id}`,
      { cause: error },
    );
  }
}

/** What the new HSMs of a cluster start with, before the users that each has for itself. */
async function commonBackup(
  plan: ClusterEntry,
  plans: readonly ClusterEntry[],
  { home, model, clock, progress }: Provisioning,
): Promise<Backup> {
  const origin = plans.find(({ id }) => id === plan.cloneOf);
  if (origin !== undefined) {
    const backup = await backupOf(origin, home);
    if (backup !== undefined) return backup.withKeys(plan.keys, progress);
  }
  const users = plan.users?.map(initialUser) ?? model.factoryUsers.map(factoryUser);
  for (const relative of familyOf(plan, plans)) {
    const backup = await backupOf(relative, home);
    if (backup !== undefined) return populate(backup.emptied(), users, plan, progress);
  }
  return populate(await Backup.blank(plan.id, clock()), users, plan, progress);
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

function initialUser({ password, ...user }: UserEntry): InitialUser {
  return { ...user, password: offerPassword(password) };
}

/** A password that nobody knows is drawn. */
function factoryUser({ password = randomBytes(24).toString("base64url"), ...user }: FactoryUser): InitialUser {
  return initialUser({ ...user, password });
}
