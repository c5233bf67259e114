import type { PasswordOffer } from "../hsm/password-offer.ts";
import { HsmError } from "../hsm/return-code.ts";
import type { UserType } from "../hsm/user.ts";
import type { Course } from "./course.ts";
import { fewAtOnce } from "./few-at-once.ts";
import type { SavedUser } from "./image-content.ts";
import type { UserRecord } from "./records/records.ts";
import { type PasswordHash, fits, hashOf } from "./sealing/password-hash.ts";

/** A user that an HSM is to have from the beginning. */
export interface InitialUser {
  readonly id: number;
  readonly type: UserType;
  readonly name: string;
  readonly password: PasswordOffer;
  /** An officer's, in PEM as the HSM keeps it. */
  readonly publicKey?: string | undefined;
  /** Takes the public key. */
  readonly twoFactor?: boolean;
  readonly loginFailures?: number;
}

/** How passwords become hashes. */
interface Hashing {
  /** Hashes of users of another HSM of the cluster, by name in lower case: the same password keeps its hash. */
  readonly knownPasswords: ReadonlyMap<string, PasswordHash>;
  /** Exponent of scrypt's N. */
  readonly cost: number;
  readonly course: Course;
}

/**
 * The users of an HSM with more of them; one who is there, the same by id, type and name, is replaced. Throws {@link
 * HsmError} OBJECT_CONFLICT for any other whose id or name is taken, PUBLIC_KEY_TAKEN for one with the key of another.
 */
export async function usersWith(
  present: readonly SavedUser[],
  more: readonly InitialUser[],
  { knownPasswords, cost, course }: Hashing,
): Promise<readonly SavedUser[]> {
  const wanted = new Map(more.map((user) => [user.id, user]));
  const replaced = new Map(present.filter((user) => isSame(user, wanted.get(user.id))).map((user) => [user.id, user]));
  requireFree(
    more,
    present.filter(({ id }) => !replaced.has(id)),
  );
  const saved = await fewAtOnce(more, async (user): Promise<SavedUser> => {
    const known = replaced.get(user.id)?.password ?? knownPasswords.get(user.name.toLowerCase());
    const isKnown = known !== undefined && (await fits(user.password, known));
    const password = isKnown ? known : await hashOf(user.password, cost);
    await course.did("password");
    return { id: user.id, record: recordOf(user), password };
  });
  const byId = new Map(saved.map((user) => [user.id, user]));
  return [...present.map((user) => byId.get(user.id) ?? user), ...saved.filter(({ id }) => !replaced.has(id))];
}

function requireFree(more: readonly InitialUser[], others: readonly SavedUser[]): void {
  for (const { id, name, publicKey } of more) {
    for (const { id: other, record } of others) {
      if (other === id || isSameName(record.name, name)) throw new HsmError("OBJECT_CONFLICT");
      if (publicKey !== undefined && record.publicKey === publicKey) throw new HsmError("PUBLIC_KEY_TAKEN");
    }
  }
}

function isSame({ id, record }: SavedUser, user: InitialUser | undefined): boolean {
  return id === user?.id && record.type === user.type && isSameName(record.name, user.name);
}

function recordOf({ type, name, publicKey, twoFactor, loginFailures = 0 }: InitialUser): UserRecord {
  return {
    ...{ type, name, loginFailures },
    ...(publicKey === undefined ? {} : { publicKey }),
    ...(twoFactor === true ? { twoFactor } : {}),
  };
}

/** Whether two names are one: case does not matter. */
export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
