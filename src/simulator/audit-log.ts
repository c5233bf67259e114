import { type Snapshot, StoreError, type Transaction } from "../store/store.ts";
import { auditLengths } from "./records/records.ts";
import { HsmError, type ReturnCodeName, returnCodes } from "../hsm/return-code.ts";
import type { UserType } from "../hsm/user.ts";

/**
 * The operations that an HSM records (AWS CloudHSM User Guide, "cloudhsm-audit-log-reference"), with their numbers.
 * Up to 0xfc they are published; from 0x1001 on they are this program's own, outside all published ones. The guide names
 * the operations from CN_APP_FINALIZE to CN_DELETE_TOKEN without a number, a sibling's log CN_MODIFY_OBJECT
 * (setAttribute); CN_REGISTER_QUORUM_PUB_KEY is a name of ours.
 */
const opcodes = {
  CN_INIT_TOKEN: 0x1,
  CN_CREATE_USER: 0x3,
  CN_CREATE_CO: 0x4,
  CN_CHANGE_PSWD: 0x9,
  CN_LOGIN: 0xd,
  CN_LOGOUT: 0xe,
  CN_SHARE_OBJECT: 0x12,
  CN_GENERATE_KEY: 0x17,
  CN_GENERATE_KEY_PAIR: 0x19,
  CN_GEN_PSWD_ENC_KEY: 0x1d,
  CN_INIT_DONE: 0x95,
  CN_DELETE_USER: 0xa1,
  CN_EXTRACT_MASKED_OBJECT_USER: 0xf0,
  CN_INSERT_MASKED_OBJECT_USER: 0xf1,
  CN_CREATE_APPLIANCE_USER: 0xfc,
  CN_APP_FINALIZE: 0x1001,
  CN_CLOSE_SESSION: 0x1002,
  CN_SET_M_VALUE: 0x1003,
  CN_GET_TOKEN: 0x1004,
  CN_APPROVE_TOKEN: 0x1005,
  CN_DELETE_TOKEN: 0x1006,
  CN_MODIFY_OBJECT: 0x1007,
  CN_REGISTER_QUORUM_PUB_KEY: 0x1008,
} as const;

/** The name of an operation in the audit log. */
export type Opcode = keyof typeof opcodes;

const auditedTypes = {
  CU: "CN_CRYPTO_USER (1)",
  CO: "CN_CRYPTO_OFFICER (2)",
  PCO: "CN_CRYPTO_OFFICER (2)",
  AU: "CN_APPLIANCE_USER (5)",
  PRECO: "CN_CRYPTO_PRE_OFFICER (6)",
} as const satisfies Record<UserType, string>;

/** A word that is no type of user, as a login may have it; name and number are ours. */
const unknownType = "CN_UNKNOWN_USER (0)";

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

/** These HSMs never restart, so one number serves for all. */
const rebootCounter = 0x1;

/**
 * Adds an event to the HSM's audit log, in the transaction of the change that it records. The text is the body
 * of a CloudWatch event; sequence numbers start at 0 and have no gap.
 *
 * @param time microseconds since 1970
 */
export async function audit(transaction: Transaction, time: number, event: AuditEvent): Promise<void> {
  const next = ((await transaction.lastEvent()) ?? -1) + 1;
  const sequence = noting.has(event.opcode) ? await noteLength(transaction, next) : next;
  await transaction.append({ sequence, text: formatEvent(sequence, time, event) });
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

/**
 * Refuses a log from which events were removed: in front, in between, or at its end before the latest login or
 * logout. Throws {@link HsmError} STORAGE_FAILURE.
 */
export async function requireWholeLog(snapshot: Snapshot): Promise<void> {
  const count = await snapshot.countEvents();
  const length = ((await snapshot.lastEvent()) ?? -1) + 1;
  if (count === length && count >= (await notedLength(snapshot))) return;
  const cause = new StoreError("damaged", "events are missing from its audit log");
  throw new HsmError("STORAGE_FAILURE", { cause });
}

/**
 * Whether anybody but an appliance user ever tried to log in: before that nothing differs from what was created.
 * Throws {@link HsmError} STORAGE_FAILURE for a log that is not whole.
 */
export async function hasSeenLogins(snapshot: Snapshot): Promise<boolean> {
  await requireWholeLog(snapshot);
  return (await snapshot.events()).some(({ text }) => text.includes("\nOpcode : CN_LOGIN "));
}

function formatEvent(sequence: number, time: number, event: AuditEvent): string {
  const { code, text } = returnCodes[event.response];
  const lines = [
    `Time: ${formatTime(time)}, usecs:${String(time)}`,
    `Sequence No : ${hex(sequence)}`,
    `Reboot counter : ${hex(rebootCounter)}`,
    "Command Type(hex) : CN_MGMT_CMD (0x0)",
    `Opcode : ${event.opcode} (${hex(opcodes[event.opcode])})`,
    `Session Handle : ${hex(event.session)}`,
    `Response : ${String(code)}:${prefixed(text)}`,
  ];
  // The guide's sample of this event has no details, and a type that its log does not know.
  if (event.opcode === "CN_SHARE_OBJECT") return [...lines, "Log type : UNKNOWN_LOG_TYPE (5)"].join("\n");
  if (event.key !== undefined) {
    return [
      ...lines,
      "Log type : MGMT_KEY_DETAILS_LOG (1)",
      `Priv/Secret Key Handle : ${String(event.key)}`,
      `Public Key Handle : ${String(event.publicKey ?? 0)}`,
    ].join("\n");
  }
  if (event.user === undefined) return [...lines, "Log type : MINIMAL_LOG_ENTRY (0)"].join("\n");
  const type = event.user.type === undefined ? unknownType : auditedTypes[event.user.type];
  return [
    ...lines,
    "Log type : MGMT_USER_DETAILS_LOG (2)",
    `User Name : ${oneLine(event.user.name)}`,
    `User Type : ${type}`,
  ].join("\n");
}

/** Letters of the longest name that an event repeats: names that no user has may be of any length. */
const longestName = 64;

/** A name as it was typed, without what would end the line, or the text for other readers of the file. */
function oneLine(name: string): string {
  return name.slice(0, longestName).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "?");
}

/** Parsers of the log want one of two prefixes; the shell prints some texts without. */
function prefixed(text: string): string {
  return /^HSM (?:Return|Error): /.test(text) ? text : `HSM Error: ${text}`;
}

/** `MM/DD/YY hh:mm:ss.uuuuuu`, in UTC. */
function formatTime(time: number): string {
  const date = new Date(Math.floor(time / 1000));
  const iso = date.toISOString();
  const microseconds = String(time % 1_000_000).padStart(6, "0");
  return `${iso.slice(5, 7)}/${iso.slice(8, 10)}/${iso.slice(2, 4)} ${iso.slice(11, 19)}.${microseconds}`;
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
