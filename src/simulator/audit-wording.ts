import { returnCodeName, returnCodes } from "../hsm/return-code.ts";
import type { UserType } from "../hsm/user.ts";
import type { NumberedEvent } from "./records/event-record.ts";
import { opcodes } from "./records/opcode.ts";

const auditedTypes = {
  CU: "CN_CRYPTO_USER (1)",
  CO: "CN_CRYPTO_OFFICER (2)",
  PCO: "CN_CRYPTO_OFFICER (2)",
  AU: "CN_APPLIANCE_USER (5)",
  PRECO: "CN_CRYPTO_PRE_OFFICER (6)",
} as const satisfies Record<UserType, string>;

/** A word that is no type of user, as a login may have it; name and number are ours. */
const unknownType = "CN_UNKNOWN_USER (0)";

/** These HSMs never restart, so one number serves for all. */
const rebootCounter = 0x1;

/** Words an event as the body of a CloudWatch event (AWS CloudHSM User Guide, "interpreting-audit-logs"). */
export function wordEvent(event: NumberedEvent): string {
  return [
    `Time: ${formatTime(event.time)}, usecs:${String(event.time)}`,
    `Sequence No : ${hex(event.sequence)}`,
    `Reboot counter : ${hex(rebootCounter)}`,
    "Command Type(hex) : CN_MGMT_CMD (0x0)",
    `Opcode : ${event.opcode} (${hex(opcodes[event.opcode])})`,
    `Session Handle : ${hex(event.session)}`,
    `Response : ${String(event.response)}:${responseText(event)}`,
    ...details(event),
  ].join("\n");
}

/** The number of an event's operation. */
export function opcodeNumber({ opcode }: NumberedEvent): number {
  return opcodes[opcode];
}

/** The text of an event's return code, in the log's words. */
export function responseText({ response, responseText: kept }: NumberedEvent): string {
  if (kept !== undefined) return kept;
  const name = returnCodeName(response);
  return prefixed(name === undefined ? "" : returnCodes[name].text);
}

function details({ opcode, key, publicKey, user }: NumberedEvent): readonly string[] {
  // The guide's sample of this event has no details, and a type that its log does not know.
  if (opcode === "CN_SHARE_OBJECT") return ["Log type : UNKNOWN_LOG_TYPE (5)"];
  if (key !== undefined) {
    return [
      "Log type : MGMT_KEY_DETAILS_LOG (1)",
      `Priv/Secret Key Handle : ${String(key)}`,
      `Public Key Handle : ${String(publicKey ?? 0)}`,
    ];
  }
  if (user === undefined) return ["Log type : MINIMAL_LOG_ENTRY (0)"];
  return [
    "Log type : MGMT_USER_DETAILS_LOG (2)",
    `User Name : ${oneLine(user.name)}`,
    `User Type : ${user.type === undefined ? unknownType : auditedTypes[user.type]}`,
  ];
}

/** A name without what would end the line, or the text for whoever reads the log. */
function oneLine(name: string): string {
  return name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "?");
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
