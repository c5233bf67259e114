import { type Snapshot, StoreError, type StoredEvent, type Transaction } from "../../store/store.ts";
import { HsmError, returnCodeName } from "../../hsm/return-code.ts";
import { type UserType, userTypes } from "../../hsm/user.ts";
import { type Opcode, opcodes } from "./opcode.ts";

/** One event of the audit log as the HSM keeps it: what happened, in no words yet. */
interface EventRecord {
  /** Microseconds since 1970. */
  readonly time: number;
  readonly opcode: Opcode;
  /** The session handle; 0 where nobody was logged in. */
  readonly session: number;
  /** The number of the return code. */
  readonly response: number;
  /** Its text, where an older version of this program worded it. */
  readonly responseText?: string;
  readonly user?: EventUser;
  /** Handle of a secret or private key; 0 is none. */
  readonly key?: number;
  readonly publicKey?: number;
}

/** The user that an event is about; without a type, the login named one that no HSM knows. */
interface EventUser {
  readonly name: string;
  readonly type?: UserType | undefined;
}

/** An event with its place in the log, counted from 0. */
export interface NumberedEvent extends EventRecord {
  readonly sequence: number;
}

/** Appends an event to the log. */
export async function putEvent(transaction: Transaction, { sequence, ...record }: NumberedEvent): Promise<void> {
  await transaction.append({ sequence, text: JSON.stringify(record) });
}

/** The events of the log from a number on, at most so many. Throws {@link HsmError} STORAGE_FAILURE for a damaged one. */
export async function listEvents(
  snapshot: Snapshot,
  from?: number,
  atMost?: number,
): Promise<readonly NumberedEvent[]> {
  return (await snapshot.events(from, atMost)).map(readEvent);
}

/** Reads an event as the store keeps it. Throws {@link HsmError} STORAGE_FAILURE for a damaged one. */
export function readEvent({ sequence, text }: StoredEvent): NumberedEvent {
  const record = parse(text);
  if (isEvent(record)) return { sequence, ...record };
  const cause = new StoreError("damaged", "an event of its audit log is not as this program writes it");
  throw new HsmError("STORAGE_FAILURE", { cause });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Members = Readonly<Partial<Record<string, unknown>>>;

function isEvent(value: unknown): value is EventRecord {
  if (!isObject(value)) return false;
  const { time, opcode, session, response, responseText, user, key, publicKey } = value;
  return (
    isCount(time) &&
    typeof opcode === "string" &&
    Object.hasOwn(opcodes, opcode) &&
    isCount(session) &&
    isCount(response) &&
    (typeof responseText === "string" || (responseText === undefined && returnCodeName(response) !== undefined)) &&
    (user === undefined || isUser(user)) &&
    [key, publicKey].every((handle) => handle === undefined || isCount(handle))
  );
}

function isUser(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { name, type } = value;
  return typeof name === "string" && (type === undefined || userTypes.some((known) => known === type));
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
