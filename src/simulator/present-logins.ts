import type { SessionHandle } from "../hsm/hsm.ts";
import { HsmError } from "../hsm/return-code.ts";
import type { UserType } from "../hsm/user.ts";
import type { Presence } from "../store/presence.ts";
import type { Snapshot, Store } from "../store/store.ts";
import { sessions, users } from "./records/records.ts";
import { translated } from "./request/storage-failure.ts";

/** A login that counts: its shell is alive. */
export interface PresentLogin {
  readonly session: number;
  readonly userId: number;
  readonly type: UserType;
  readonly name: string;
  /** The mark of the shell that logged in. */
  readonly shell: string;
  /** Microseconds since 1970; undefined for a login that an older version of this program made. */
  readonly since: number | undefined;
}

/**
 * Whether a login is there still, on the HSM whose store is being opened. Throws {@link HsmError} for a store that cannot
 * be read.
 */
export function isLoggedIn(opening: Promise<Store>, session: SessionHandle): Promise<boolean> {
  return translated(async () =>
    (await opening).read(async (snapshot) => (await sessions.get(snapshot, session)) !== undefined),
  );
}

/** The logins of an HSM that count, in the order of their sessions. Throws {@link HsmError} for one of a user who is not there. */
export async function loginsOf(snapshot: Snapshot, presence: Presence): Promise<readonly PresentLogin[]> {
  const logins: PresentLogin[] = [];
  for (const [session, { userId, presence: shell, since }] of await sessions.list(snapshot)) {
    if (!(await presence.isAlive(shell))) continue;
    const user = await users.get(snapshot, userId);
    if (user === undefined) throw new HsmError("STORAGE_FAILURE");
    logins.push({ session, userId, type: user.type, name: user.name, shell, since });
  }
  return logins;
}
