import { type Snapshot, StoreError, type Transaction } from "../../store/store.ts";
import { listEvents, putEvent } from "./event-record.ts";
import type { Opcode } from "./opcode.ts";
import { auditLengths } from "./records.ts";
import { HsmError, type ReturnCodeName, returnCodes } from "../../hsm/return-code.ts";
import type { UserType } from "../../hsm/user.ts";

/** The user that an event is about; left out, the event says nothing but what was done. */
export interface AuditedUser {
  readonly name: string;
  readonly type: UserType | undefined;
}

/** One event, as the operation that it records knows it. */
export interface AuditEvent {
  readonly opcode: Opcode;
  /** The session handle; 0 where nobody was logged in. */
  readonly session: number;
  readonly response: ReturnCodeName;
  readonly user?: AuditedUser;
  /** Handle of a secret or private key; 0 is none. */
  readonly key?: number;
  /** Handle of the public key that goes with it; 0 or left out is none. */
  readonly publicKey?: number;
}

/** The operations at which the length of the log is noted: in between, nothing is written for it. */
const noting: ReadonlySet<Opcode> = new Set(["CN_LOGIN", "CN_LOGOUT", "CN_APP_FINALIZE", "CN_CLOSE_SESSION"]);

/** Letters of the longest name that an event repeats: names that no user has may be of any length. */
export const longestAuditedName = 64;

/**
 * Adds an event to the HSM's audit log, in the transaction of the change that it records. It is worded when
 * somebody reads it; sequence numbers start at 0 and have no gap.
 *
 * @param time microseconds since 1970
 */
export async function audit(transaction: Transaction, time: number, event: AuditEvent): Promise<void> {
  const next = ((await transaction.lastEvent()) ?? -1) + 1;
  const sequence = noting.has(event.opcode) ? await noteLength(transaction, next) : next;
  const { opcode, session, user, key, publicKey } = event;
  const response = returnCodes[event.response].code;
  await putEvent(transaction, {
    ...{ sequence, time, opcode, session, response },
    ...(user === undefined ? {} : { user: shortened(user) }),
    ...(key === undefined ? {} : { key }),
    ...(publicKey === undefined ? {} : { publicKey }),
  });
}

/** Notes that the log has an event more. Gives its number, which leaves a gap where events at the end were removed. */
async function noteLength(transaction: Transaction, next: number): Promise<number> {
  const sequence = Math.max(next, await notedLength(transaction));
  await auditLengths.put(transaction, "noted", sequence + 1);
  return sequence;
}

async function notedLength(snapshot: Snapshot): Promise<number> {
  return (await auditLengths.get(snapshot, "noted")) ?? 0;
}

/** Whether no event is missing: in front, in between, or at the end before the latest login or logout. */
export async function isWholeLog(snapshot: Snapshot): Promise<boolean> {
  const count = await snapshot.countEvents();
  const length = ((await snapshot.lastEvent()) ?? -1) + 1;
  return count === length && count >= (await notedLength(snapshot));
}

/** Refuses a log from which events were removed. Throws {@link HsmError} STORAGE_FAILURE. */
export async function requireWholeLog(snapshot: Snapshot): Promise<void> {
  if (await isWholeLog(snapshot)) return;
  const cause = new StoreError("damaged", "events are missing from its audit log");
  throw new HsmError("STORAGE_FAILURE", { cause });
}

/**
 * Whether anybody but an appliance user ever tried to log in: before that nothing differs from what was created.
 * Throws {@link HsmError} STORAGE_FAILURE for a log that is not whole.
 */
export async function hasSeenLogins(snapshot: Snapshot): Promise<boolean> {
  await requireWholeLog(snapshot);
  return (await listEvents(snapshot)).some(({ opcode }) => opcode === "CN_LOGIN");
}

function shortened({ name, type }: AuditedUser): AuditedUser {
  return { name: name.slice(0, longestAuditedName), type };
}
