import type { BoardEvent } from "../../endpoint/board/snapshot.ts";
import { responseText } from "../../simulator/audit-wording.ts";
import type { NumberedEvent } from "../../simulator/records/event-record.ts";

/** An event, and whose log it is in. */
export interface HsmEvent {
  readonly hsmId: string;
  readonly event: NumberedEvent;
}

/** Events of the HSMs of a home as the page shows them, in the order of their times. */
export function boardEvents(home: string, events: readonly HsmEvent[]): readonly BoardEvent[] {
  return [...events]
    .sort((one, other) => one.event.time - other.event.time)
    .map(({ hsmId, event }) => boardEvent(home, hsmId, event));
}

function boardEvent(home: string, hsmId: string, event: NumberedEvent): BoardEvent {
  const { sequence, time, opcode, response, user, key } = event;
  const who = user === undefined ? "" : `${user.type ?? "unknown"} ${user.name}`;
  const about = key === undefined || key === 0 ? who : `key ${String(key)}`;
  return {
    id: `${hsmId} ${String(sequence)} ${String(time)}`,
    home,
    hsmId,
    time,
    opcode,
    response: responseText(event).replace(/^HSM (?:Return|Error): /, ""),
    isRefused: response !== 0,
    about,
  };
}
