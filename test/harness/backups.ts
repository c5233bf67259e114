import { Backup } from "../../src/simulator/cluster-image.ts";
import type { InitialUser } from "../../src/simulator/image-users.ts";
import { bounds } from "../../src/hsm/limits.ts";
import type { InitialKey } from "../../src/hsm/initial-key.ts";
import { offerPassword } from "../../src/hsm/password-offer.ts";
import type { UserType } from "../../src/hsm/user.ts";

/** The id of every cluster of tests; what tells them apart is their masking keys. */
export const clusterId = "cluster-test";

/** Microseconds since 1970: when the HSMs of tests are created. */
export const startOfTime = 1_700_000_000_000_000;

/** The cheapest password that an HSM keeps. */
export const passwordCost = bounds.passwordCost.minimum;

/** The password of everybody who gets no other one. */
export const password = offerPassword("password");

/** A user with that password, or one of its own. */
export function user(id: number, type: UserType, name: string, own?: string): InitialUser {
  return { id, type, name, password: own === undefined ? password : offerPassword(own) };
}

/** Users with ids in this order. */
export function users(...names: readonly (readonly [UserType, string])[]): readonly InitialUser[] {
  return names.map(([type, name], at) => user(at + 1, type, name));
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
  return withMore(await Backup.blank(clusterId, startOfTime), users, keys);
}

/** The same for an HSM that has more. */
export async function withMore(
  backup: Backup,
  users: readonly InitialUser[],
  keys: readonly InitialKey[] = [],
): Promise<Backup> {
  return (await backup.withUsers(users, passwordCost)).withKeys(keys);
}
