import type { BoardEvent } from "../../endpoint/board/snapshot.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { responseText } from "../../simulator/audit-wording.ts";
import { eventsFrom, nextEventOf } from "../../simulator/event-reader.ts";
import type { NumberedEvent } from "../../simulator/records/event-record.ts";
import type { Relative } from "../../fleet/compare/relative.ts";
import type { Home } from "../../store/home.ts";

/** Events of each HSM that are told at the first look: what happened before somebody watched. */
const before = 50;

/** The ends of the audit logs of a home, read on from where the last look ended. */
export class EventTails {
  /** The number of the next event, by the ids of HSMs. */
  readonly #next = new Map<string, number>();
  readonly #home: string;

  /** @param home the name that events have of it */
  constructor(home: string) {
    this.#home = home;
  }

  /** What these HSMs recorded since the last look, in the order of its times. */
  async rest(
    home: Home,
    hsms: readonly Pick<Relative, "hsmId" | "hostname" | "port">[],
  ): Promise<readonly BoardEvent[]> {
    const all: { readonly hsmId: string; readonly event: NumberedEvent }[] = [];
    for (const { hsmId, hostname, port } of hsms) {
      try {
        const from = this.#next.get(hsmId) ?? Math.max(0, (await nextEventOf(home.open({ hostname, port }))) - before);
        const events = await eventsFrom(home.open({ hostname, port }), from);
        this.#next.set(hsmId, (events.at(-1)?.sequence ?? from - 1) + 1);
        for (const event of events) all.push({ hsmId, event });
      } catch (error) {
        // Its column says what is wrong; the rest of its log comes once it can be read.
        if (!(error instanceof HsmError)) throw error;
      }
    }
    all.sort((one, other) => one.event.time - other.event.time);
    return all.map(({ hsmId, event }) => shown(this.#home, hsmId, event));
  }
}

function shown(home: string, hsmId: string, event: NumberedEvent): BoardEvent {
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
