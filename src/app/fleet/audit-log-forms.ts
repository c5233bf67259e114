import type { AuditRecord } from "../../command/audit-wording.ts";
import type { FleetEvent } from "../../fleet/merged-events.ts";
import { returnCodeName } from "../../hsm/return-code.ts";
import { responseText, wordEvent } from "../../simulator/audit-wording.ts";
import { oneLine } from "../../text/json.ts";
import { addressText } from "../../store/address.ts";
import { printable } from "../../text/printable.ts";

/**
 * What is printed for an event; each call goes on after the last one.
 *
 * @param record the event in the form of its HSM's vendor, where the vendor's log is no text
 */
export type Wording = (event: FleetEvent, record: AuditRecord | undefined) => string;

/**
 * Words events in the form of the vendor's guide, with an empty line between them.
 *
 * @param isHeaded whether a line in front of each text says which HSM recorded it; a record does so itself
 */
export function asText(isHeaded: boolean): Wording {
  let before = "";
  return ({ hsm, event }, record) => {
    const heading = isHeaded ? `${hsm.hsmId} at ${addressText(hsm)}\n` : "";
    const body = record === undefined ? `${heading}${wordEvent(event)}` : JSON.stringify(record, undefined, 4);
    const text = `${before}${printable(body)}\n`;
    before = "\n";
    return text;
  };
}

/** Words an event as one JSON object on a line (docs/json.md). */
export function asJson({ hsm: { hsmId, hostname, port }, event }: FleetEvent, record: AuditRecord | undefined): string {
  const { sequence, time, opcode, session, response, user, key, publicKey } = event;
  const line = oneLine({
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
    record,
  });
  return `${line}\n`;
}
