import type { FleetEvent } from "../../fleet/merged-events.ts";
import { returnCodeName } from "../../hsm/return-code.ts";
import { responseText, wordEvent } from "../../simulator/audit-wording.ts";
import { oneLine } from "../../text/json.ts";
import { addressText } from "../../store/address.ts";
import { printable } from "../../text/printable.ts";

/** What is printed for an event; each call goes on after the last one. */
export type Wording = (event: FleetEvent) => string;

/**
 * Words events in the guide's form, with an empty line between them.
 *
 * @param isHeaded whether a line in front of each says which HSM recorded it
 */
export function asText(isHeaded: boolean): Wording {
  let before = "";
  return ({ hsm, event }) => {
    const heading = isHeaded ? `${hsm.hsmId} at ${addressText(hsm)}\n` : "";
    const text = `${before}${printable(`${heading}${wordEvent(event)}`)}\n`;
    before = "\n";
    return text;
  };
}

/** Words an event as one JSON object on a line (docs/json.md). */
export function asJson({ hsm: { hsmId, hostname, port }, event }: FleetEvent): string {
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
  });
  return `${line}\n`;
}
