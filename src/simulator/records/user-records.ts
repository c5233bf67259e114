import type { Snapshot, Transaction } from "../../store/store.ts";
import { type Limits, hasNameSigns } from "../../hsm/limits.ts";
import { type UserRecord, passwords, sessions, unlockChallenges, userIds, users } from "./records.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { closeSession } from "./session-records.ts";
import { type UserSummary, type UserType, answersTo } from "../../hsm/user.ts";
import type { PasswordHash } from "../sealing/password-hash.ts";

/** A user with its id. */
export interface FoundUser {
  readonly id: number;
  readonly record: UserRecord;
}

/**
 * Finds a user by name, without regard to case. What cannot be a name is nobody's: in lower case it might be, as a
 * Kelvin sign is a k.
 */
export async function findUser(snapshot: Snapshot, name: string): Promise<FoundUser | undefined> {
  if (!hasNameSigns(name)) return undefined;
  const id = await userIds.get(snapshot, name.toLowerCase());
  const record = id === undefined ? undefined : await users.get(snapshot, id);
  return id === undefined || record === undefined ? undefined : { id, record };
}

/** The user that was found, if it is of the type that was asked for. Throws {@link HsmError} about `subject`. */
export function requireAnswer(found: FoundUser | undefined, asked: UserType | undefined, subject?: string): FoundUser {
  const options = subject === undefined ? {} : { subject };
  if (asked === undefined) throw new HsmError("UNKNOWN_USER_TYPE", options);
  if (found === undefined || !answersTo(found.record.type, asked)) throw new HsmError("USER_NOT_FOUND", options);
  return found;
}

/** Whether so many wrong passwords came that the right one is refused too. */
export function isLocked({ loginFailures }: UserRecord, limits: Limits): boolean {
  return loginFailures >= limits.loginFailures;
}

/** Throws {@link HsmError} NOT_AUTHORISED where officers do not manage the user: its password, life and keys are its own. */
export function requireManaged({ keptFrom = [] }: UserRecord): void {
  if (keptFrom.includes("managedByOfficers")) throw new HsmError("NOT_AUTHORISED");
}

/** The hash of a user's password. Throws {@link HsmError} STORAGE_FAILURE where there is none. */
export async function passwordOf(snapshot: Snapshot, id: number): Promise<PasswordHash> {
  const password = await passwords.get(snapshot, id);
  if (password === undefined) throw new HsmError("STORAGE_FAILURE");
  return password;
}

/** Writes a user and its password, new or replaced. */
export async function putUser(
  transaction: Transaction,
  { id, record }: FoundUser,
  password: PasswordHash,
): Promise<void> {
  await users.put(transaction, id, record);
  await passwords.put(transaction, id, password);
  await userIds.put(transaction, record.name.toLowerCase(), id);
  await forgetChallenge(transaction, id);
}

/** Removes every trace of a user: a login of its would be that of the next user who gets its id. */
export async function removeUser(transaction: Transaction, { id, record }: FoundUser): Promise<void> {
  for (const [handle, { userId }] of await sessions.list(transaction)) {
    if (userId === id) await closeSession(transaction, handle);
  }
  await users.remove(transaction, id);
  await passwords.remove(transaction, id);
  await userIds.remove(transaction, record.name.toLowerCase());
  await forgetChallenge(transaction, id);
}

/** Forgets what the owner was to sign to unlock a user, if there is such a thing. */
async function forgetChallenge(transaction: Transaction, id: number): Promise<void> {
  if ((await unlockChallenges.get(transaction, id)) !== undefined) await unlockChallenges.remove(transaction, id);
}

/** Throws {@link HsmError} USER_LIMIT when the HSM has no room for another user. */
export async function requireRoom(snapshot: Snapshot, limits: Limits): Promise<void> {
  // Ids count from 1, so below the highest possible one there is room; counting reads every user.
  if (((await users.lastKey(snapshot)) ?? 0) < limits.users) return;
  if ((await users.count(snapshot)) >= limits.users) throw new HsmError("USER_LIMIT");
}

/** The id of the next user: one more than the highest, and once those are used up the lowest free one. */
export async function nextUserId(snapshot: Snapshot, limits: Limits): Promise<number> {
  const next = ((await users.lastKey(snapshot)) ?? 0) + 1;
  if (next <= limits.users) return next;
  const taken = new Set((await users.list(snapshot)).map(([id]) => id));
  for (let id = 1; id <= limits.users; id++) if (!taken.has(id)) return id;
  throw new HsmError("USER_LIMIT");
}

/** What `listUsers` shows of a user. */
export function summarise({ id, record }: FoundUser): UserSummary {
  return {
    id,
    type: record.type,
    name: record.name,
    quorumKey: record.publicKey !== undefined,
    loginFailures: record.loginFailures,
    twoFactor: record.twoFactor === true,
  };
}
