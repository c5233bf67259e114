import { randomBytes } from "node:crypto";
import type { ClusterEntry, HsmEntry, UserEntry } from "../config/configuration.ts";
import { Backup, type InitialUser } from "../hsm/backup.ts";
import { Password } from "../hsm/users/password.ts";
import { HsmError } from "../hsm/return-code.ts";
import { ProvisionError } from "./provision-error.ts";
import type { HsmFolder } from "../store/hsm-folder.ts";

/** What creating HSMs works with. */
export interface Provisioning {
  readonly folder: HsmFolder;
  /** Microseconds since 1970. */
  readonly clock: () => number;
  /** Called before each HSM that is created. */
  readonly creating: (hsm: HsmEntry) => void;
}

/**
 * Creates the HSMs of these clusters that do not exist yet, origins before their clones; leaves the others as they are.
 * Throws {@link ProvisionError}, StoreError, and HsmError for an origin that cannot be read.
 */
export async function createHsms(plans: readonly ClusterEntry[], provisioning: Provisioning): Promise<void> {
  const pending = new Map(plans.map((plan) => [plan.id, plan]));
  const settle = async (plan: ClusterEntry): Promise<void> => {
    if (!pending.delete(plan.id)) return;
    const origin = plans.find(({ id }) => id === plan.cloneOf);
    if (origin !== undefined) await settle(origin);
    await createMissing(plan, plans, provisioning);
  };
  for (const plan of plans) await settle(plan);
}

async function createMissing(
  plan: ClusterEntry,
  plans: readonly ClusterEntry[],
  provisioning: Provisioning,
): Promise<void> {
  const { folder, clock, creating } = provisioning;
  const missing = plan.hsms.filter((hsm) => folder.inspect(hsm).kind === "absent");
  if (missing.length === 0) return;
  const common = await commonBackup(plan, plans, provisioning);
  for (const hsm of missing) {
    creating(hsm);
    const backup = await withItsOwn(common, hsm, plan);
    const { id: hsmId, hostname, port } = hsm;
    const { passwordCost, maxKeys } = plan;
    const identity = { hsmId, clusterId: plan.id, hostname, port, passwordCost, maxKeys };
    await folder.create(hsm, hsmId, (transaction) => backup.restore(transaction, identity, clock()));
  }
}

/** The users and keys that an HSM has for itself may clash with those that a clone takes from its origin as it is now. */
async function withItsOwn(common: Backup, hsm: HsmEntry, plan: ClusterEntry): Promise<Backup> {
  try {
    const withUsers = await common.withUsers(hsm.users.map(initialUser), plan.passwordCost);
    return await withUsers.withKeys(hsm.keys);
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
  provisioning: Provisioning,
): Promise<Backup> {
  const origin = plans.find(({ id }) => id === plan.cloneOf);
  if (origin !== undefined) {
    const backup = await backupOf(origin, provisioning.folder);
    if (backup !== undefined) return backup.withKeys(plan.keys);
  }
  const relatives = [plan, ...plans.filter((other) => other.cloneOf === plan.id)];
  const users = plan.users?.map(initialUser) ?? factoryUsers();
  for (const relative of relatives) {
    const backup = await backupOf(relative, provisioning.folder);
    if (backup !== undefined) return populate(backup.emptied(), users, plan);
  }
  return populate(await Backup.blank(plan.id, provisioning.clock()), users, plan);
}

async function populate(backup: Backup, users: readonly InitialUser[], plan: ClusterEntry): Promise<Backup> {
  return (await backup.withUsers(users, plan.passwordCost)).withKeys(plan.keys);
}

/** The backup of the first HSM of a cluster that exists. */
async function backupOf(plan: ClusterEntry, folder: HsmFolder): Promise<Backup | undefined> {
  const hsm = plan.hsms.find((candidate) => folder.inspect(candidate).kind === "hsm");
  if (hsm === undefined) return undefined;
  const store = await folder.open(hsm);
  try {
    return await Backup.take(store);
  } finally {
    await store.close();
  }
}

function initialUser({ password, ...user }: UserEntry): InitialUser {
  return { ...user, password: new Password(password) };
}

/** A new cluster as it is delivered; nobody knows the appliance user's password. */
function factoryUsers(): readonly InitialUser[] {
  return [
    { id: 1, type: "PRECO", name: "admin", password: new Password("password") },
    { id: 2, type: "AU", name: "app_user", password: new Password(randomBytes(24).toString("base64url")) },
  ];
}
