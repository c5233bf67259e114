import { returnCodeName } from "../../hsm/return-code.ts";
import type { AuditLog } from "../../simulator/audit-reader.ts";
import { responseText, wordEvent } from "../../simulator/audit-wording.ts";
import type { Address } from "../../store/address.ts";
import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";

/** What is printed for the audit log of the HSM at an address; each call goes on after the last one. */
export type Wording = (address: Address, log: AuditLog) => string;

/**
 * Words a log in the guide's form, with an empty line between events.
 *
 * @param isHeaded whether a line in front says whose log it is
 */
export function asText(isHeaded: boolean): Wording {
  let before = "";
  return ({ hostname, port }, { hsmId, events }) => {
    const count = events.length === 1 ? "1 event" : `${String(events.length)} events`;
    const heading = `Audit log of ${hsmId} at ${hostname}:${String(port)}, ${count}`;
    const parts = [...(isHeaded ? [heading] : []), ...events.map((event) => printable(wordEvent(event)))];
    if (parts.length === 0) return "";
    const text = `${before}${parts.join("\n\n")}\n`;
    before = "\n";
    return text;
  };
}

/** Words a log as one JSON object a line for each event. */
export function asJson({ hostname, port }: Address, { hsmId, events }: AuditLog): string {
  const lines = events.map((event) => {
    const { sequence, time, opcode, session, response, user, key, publicKey } = event;
    return oneLine({
      hsm: hsmId,
      hostname,
      port,
      sequence,
      time: new Date(Math.floor(time / 1000)).toISOString(),
      usecs: time,
      opcode,
      session,
      response: { code: response, name: returnCodeName(response), text: responseText(event) },
      user,
      key,
      publicKey,
    });
  });
  return lines.map((line) => `${line}\n`).join("");
}
