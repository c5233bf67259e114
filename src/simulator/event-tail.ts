import type { Store } from "../store/store.ts";
import { type NumberedEvent, listEvents } from "./records/event-record.ts";
import { translated } from "./request/storage-failure.ts";

/** What was recorded since a log was read last. */
export interface ReadOn {
  /** Whether it is a log that was not read before: the first one, or of an older copy that took the HSM's place. */
  readonly isNew: boolean;
  readonly events: readonly NumberedEvent[];
}

/** The audit log of an HSM, read on from where it was read last. */
export class EventTail {
  readonly #latest: number;
  #last: NumberedEvent | undefined;

  /** @param latest how many events are read of a log that is new, at its end */
  constructor(latest = Number.MAX_SAFE_INTEGER) {
    this.#latest = latest;
  }

  /** Reads on, at most so many events, or all that there are. Throws HsmError for a store that cannot be read. */
  read(opening: Promise<Store>, atMost = Number.MAX_SAFE_INTEGER - 1): Promise<ReadOn> {
    return translated(async () =>
      (await opening).read(async (snapshot) => {
        const last = this.#last;
        const [again, ...more] = last === undefined ? [] : await listEvents(snapshot, last.sequence, atMost + 1);
        const isNew = last === undefined || again === undefined || !isSame(again, last);
        const end = ((await snapshot.lastEvent()) ?? -1) + 1;
        const events = isNew ? await listEvents(snapshot, Math.max(0, end - this.#latest), atMost) : more;
        this.#last = events.at(-1) ?? (isNew ? undefined : last);
        return { isNew, events };
      }),
    );
  }
}

function isSame(one: NumberedEvent, other: NumberedEvent): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
