import { Backup, type InitialUser } from "../../src/hsm/backup.ts";
import type { Hsm, SessionHandle } from "../../src/hsm/hsm.ts";
import type { InitialKey } from "../../src/hsm/new-key.ts";
import { Password } from "../../src/hsm/password.ts";
import { HsmError, type ReturnCodeName } from "../../src/hsm/return-code.ts";
import { openHsm } from "../../src/hsm/simulated-hsm.ts";
import type { UserType } from "../../src/hsm/user.ts";
import type { Store } from "../../src/store/store.ts";
import { MemoryStore } from "./memory-store.ts";

/** Microseconds since 1970: the time on every HSM of these tests. */
const now = 1_700_000_000_000_000;

const passwordCost = 10;

/** The password of everybody in these tests. */
const password = new Password("password");

/** A user with that password. */
export function user(id: number, type: UserType, name: string): InitialUser {
  return { id, type, name, password };
}

/** A key as a YAML file without further wishes describes it. */
export function key(wanted: Pick<InitialKey, "handle" | "owner"> & Partial<InitialKey>): InitialKey {
  return {
    publicHandle: undefined,
    shape: { type: "AES", size: 256 },
    label: "",
    id: "",
    sharedWith: [],
    mValue: 1,
    extractable: true,
    token: true,
    flags: {},
    ...wanted,
  };
}

/** What the HSMs of a new cluster have in common. */
export async function cluster(users: readonly InitialUser[], keys: readonly InitialKey[] = []): Promise<Backup> {
  const empty = await Backup.blank("cluster-test", now);
  return (await empty.withUsers(users, passwordCost)).withKeys(keys);
}

/** The same for an HSM that has more. */
export async function withMore(
  backup: Backup,
  users: readonly InitialUser[],
  keys: readonly InitialKey[] = [],
): Promise<Backup> {
  return (await backup.withUsers(users, passwordCost)).withKeys(keys);
}

/** An HSM with one shell on it, and what it keeps. */
export interface KeyHsm {
  readonly hsm: Hsm;
  readonly store: Store;
}

/** How a new HSM differs from others. */
interface NewHsm {
  readonly hsmId?: string;
  readonly maxKeys?: number;
}

/** Writes a new HSM to its store. */
export async function restore(backup: Backup, store: Store, { hsmId = "hsm-test", maxKeys = 3300 }: NewHsm = {}) {
  const identity = { hsmId, clusterId: "cluster-test", hostname: "10.0.0.1", port: 2225, passwordCost, maxKeys };
  await store.change((transaction) => backup.restore(transaction, identity, now));
}

/** Opens the HSM of a store, for a shell that lives as long as the test. */
export async function open(store: Store): Promise<KeyHsm> {
  const presence = {
    announce: () => Promise.resolve("shell"),
    isAlive: () => Promise.resolve(true),
    close: () => undefined,
  };
  return { hsm: await openHsm(Promise.resolve(store), { clock: () => now, presence }), store };
}

/** A new HSM in memory. */
export async function switchOn(backup: Backup, options?: NewHsm): Promise<KeyHsm> {
  const store = new MemoryStore();
  await restore(backup, store, options);
  return open(store);
}

/** Logs a user in, in place of the one before. */
export async function login({ hsm }: KeyHsm, type: UserType, name: string): Promise<SessionHandle> {
  return (await hsm.logins.login({ type, name, password })).session;
}

/** How a request ended: its return code. */
export async function codeOf(request: Promise<unknown>): Promise<ReturnCodeName> {
  try {
    await request;
    return "SUCCESS";
  } catch (error) {
    if (error instanceof HsmError) return error.returnCode;
    throw error;
  }
}

const kept = [
  "identity",
  "user",
  "password",
  "userName",
  "key",
  "keyAccess",
  "keyMaterial",
  "sessionKeyPlan",
  "certificate",
  "authority",
  "session",
];

/** Everything that an HSM keeps, but for its audit log, which records refusals too. */
export function recordsOf({ store }: KeyHsm): Promise<unknown> {
  return store.read((snapshot) =>
    Promise.all(kept.map(async (collection) => [collection, await snapshot.list(collection)])),
  );
}

/** The key hash that findAllKeys shows. */
export async function hashOf(key: KeyHsm): Promise<string> {
  return (await key.hsm.keys.find(await login(key, "CO", "admin"), 0)).hash();
}
