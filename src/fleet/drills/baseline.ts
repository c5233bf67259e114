import { createHash } from "node:crypto";
import {
  type ComparableHsm,
  type ComparableKey,
  type ComparableUser,
  readComparable,
} from "../../simulator/comparable-reader.ts";
import { nextEventOf } from "../../simulator/event-reader.ts";
import type { Home } from "../../store/home.ts";

/** What an HSM held when a drill began: marks of its users, by name in lower case, and of its keys, by handle. */
export interface HsmBaseline {
  readonly users: Readonly<Record<string, string>>;
  readonly keys: Readonly<Record<string, string>>;
  /** The number of its next event. */
  readonly nextEvent: number;
}

/** Takes what each HSM of a home holds now. Throws StoreError, HsmError for one that cannot be read. */
export async function baselineOf(home: Home, secret: Buffer): Promise<Readonly<Record<string, HsmBaseline>>> {
  const baseline: Record<string, HsmBaseline> = {};
  for (const address of await home.list()) {
    const seen = await readComparable(home.open(address), address, home.presence, secret);
    baseline[seen.hsmId] = { ...marksOf(seen), nextEvent: await nextEventOf(home.open(address)) };
  }
  return baseline;
}

/** Marks of what an HSM holds. Wrong passwords are no change of a user. */
export function marksOf({ users, keys }: ComparableHsm): Pick<HsmBaseline, "users" | "keys"> {
  return {
    users: Object.fromEntries(users.map((user) => [user.name.toLowerCase(), markOfUser(user)])),
    keys: Object.fromEntries(keys.map((key) => [String(key.handle), markOfKey(key)])),
  };
}

function markOfUser({ id, type, name, password, quorumKey, twoFactor }: ComparableUser): string {
  return markOf([id, type, name, password, quorumKey ?? "", twoFactor]);
}

function markOfKey({ material, record, access }: ComparableKey): string {
  return markOf([material, record, access]);
}

function markOf(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64").slice(0, 22);
}
