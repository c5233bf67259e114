import { randomInt } from "node:crypto";
import type { Snapshot, Transaction } from "../../store/store.ts";
import type { Presence } from "../../store/presence.ts";
import type { SessionHandle } from "../../hsm/hsm.ts";
import { sessions, tokens } from "./records.ts";

/** Session handles look like those of the guide's samples: 0x1004001, 0x7014006. */
const smallestHandle = 0x1000000;
const largestHandle = 0xfffffff;

/** A handle for a session that is about to be opened. */
export function drawHandle(): SessionHandle {
  return randomInt(smallestHandle, largestHandle + 1);
}

/** A session that ended without a logout: a login of the same shell took its place, or its shell is gone. */
export interface EndedSession {
  readonly handle: SessionHandle;
  readonly userId: number;
  readonly reason: "replaced" | "gone";
}

/** A session that is about to be opened. */
interface OpenedSession {
  readonly handle: SessionHandle;
  readonly userId: number;
  /** Microseconds since 1970. */
  readonly since: number;
}

/**
 * Opens this shell's session for a user, in place of the one it had; forgets the sessions of dead shells, and tells
 * `ended` of each. Returns false when another shell has drawn the same handle.
 */
export async function openSession(
  transaction: Transaction,
  presence: Presence,
  { handle, userId, since }: OpenedSession,
  ended: (session: EndedSession) => Promise<void>,
): Promise<boolean> {
  const mine = await presence.announce();
  for (const [other, session] of await sessions.list(transaction)) {
    const isMine = session.presence === mine;
    if (isMine || !(await presence.isAlive(session.presence))) {
      await closeSession(transaction, other);
      await ended({ handle: other, userId: session.userId, reason: isMine ? "replaced" : "gone" });
    } else if (other === handle) {
      return false;
    }
  }
  await sessions.put(transaction, handle, { userId, presence: mine, since });
  return true;
}

/** Forgets a session, and the quorum tokens that were issued to it. */
export async function closeSession(transaction: Transaction, handle: SessionHandle): Promise<void> {
  await sessions.remove(transaction, handle);
  for (const [id, token] of await tokens.list(transaction)) {
    if (token.session === handle) await tokens.remove(transaction, id);
  }
}

/** Whether a session is open, through this shell or another one that is alive. */
export async function isOpen(snapshot: Snapshot, presence: Presence, handle: SessionHandle): Promise<boolean> {
  const session = await sessions.get(snapshot, handle);
  return session !== undefined && (await presence.isAlive(session.presence));
}

/** Whether the user is logged in through another shell that is alive. */
export async function isLoggedInElsewhere(
  transaction: Transaction,
  presence: Presence,
  userId: number,
): Promise<boolean> {
  const mine = await presence.announce();
  for (const [, session] of await sessions.list(transaction)) {
    if (session.userId !== userId || session.presence === mine) continue;
    if (await presence.isAlive(session.presence)) return true;
  }
  return false;
}

/** How many shells that are alive are logged in. */
export async function countSessions(snapshot: Snapshot, presence: Presence): Promise<number> {
  let count = 0;
  for (const [, session] of await sessions.list(snapshot)) if (await presence.isAlive(session.presence)) count++;
  return count;
}
