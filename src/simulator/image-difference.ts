import type { FoundKey } from "./records/key-records.ts";
import type { PasswordHash } from "./sealing/password-hash.ts";
import type { UserRecord } from "./records/records.ts";

/** What two HSMs of a cluster are compared by. */
interface Compared {
  readonly users: readonly { readonly id: number; readonly record: UserRecord; readonly password: PasswordHash }[];
  readonly keys: readonly { readonly key: Pick<FoundKey, "handle"> }[];
}

/** What an HSM lacks that another one of its cluster has. */
export interface Difference {
  /** Names of users. */
  readonly missingUsers: readonly string[];
  /** Names of users who are of another type there. */
  readonly otherTypes: readonly string[];
  /** Names of users who have another password there. The appliance user's is nobody's to know. */
  readonly otherPasswords: readonly string[];
  /** Names of users who registered a key there for quorum and second factor. */
  readonly missingQuorumKeys: readonly string[];
  /** Handles of keys. */
  readonly missingKeys: readonly number[];
}

/** What `own` lacks of `living`. */
export function differenceOf(own: Compared, living: Compared): Difference {
  const users = new Map(own.users.map((user) => [user.record.name.toLowerCase(), user]));
  const handles = new Set(own.keys.map(({ key }) => key.handle));
  const pairs = living.users.map((user) => ({ user, found: users.get(user.record.name.toLowerCase()) }));
  const namesOf = (differs: (pair: (typeof pairs)[number]) => boolean): readonly string[] =>
    pairs.filter(differs).map(({ user }) => user.record.name);
  return {
    missingUsers: namesOf(({ found }) => found === undefined),
    otherTypes: namesOf(({ user, found }) => found !== undefined && found.record.type !== user.record.type),
    otherPasswords: namesOf(
      ({ user, found }) => found !== undefined && user.record.type !== "AU" && found.password !== user.password,
    ),
    missingQuorumKeys: namesOf(
      ({ user, found }) => user.record.publicKey !== undefined && found?.record.publicKey !== user.record.publicKey,
    ),
    missingKeys: living.keys.map(({ key }) => key.handle).filter((handle) => !handles.has(handle)),
  };
}
