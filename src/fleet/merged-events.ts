import { HsmError } from "../hsm/return-code.ts";
import type { AuditLog } from "../simulator/audit-reader.ts";
import type { NumberedEvent } from "../simulator/records/event-record.ts";
import { type Address, addressKey } from "../store/address.ts";

/** An event, and the HSM that recorded it. */
export interface FleetEvent {
  readonly hsm: Address & { readonly hsmId: string; readonly model: string | undefined };
  readonly event: NumberedEvent;
}

/** Events that are read from one log at a time: what is in memory is bounded, however long logs are. */
const pieceLength = 500;

/** The log of one HSM, and what was read of it and not given out yet. */
class Queue {
  readonly address: Address;
  readonly log: AuditLog;
  readonly #after: number;
  #piece: readonly NumberedEvent[] = [];
  #at = 0;

  /** @param after the time up to which all was given out, in microseconds since 1970 */
  constructor(address: Address, log: AuditLog, after: number) {
    this.address = address;
    this.log = log;
    this.#after = after;
  }

  /** Takes the next event; undefined where there is none yet. Throws HsmError. */
  async next(): Promise<NumberedEvent | undefined> {
    for (;;) {
      if (this.#at === this.#piece.length) {
        this.#piece = await this.log.read(pieceLength);
        this.#at = 0;
      }
      const event = this.#piece[this.#at++];
      if (event === undefined) this.#at = 0;
      if (event === undefined || event.time > this.#after) return event;
    }
  }
}

/**
 * The events of several HSMs in the order of their times. Those of one HSM keep the order in which it recorded them,
 * also where its clock was set back.
 */
export class MergedEvents {
  readonly #queues = new Map<string, Queue>();
  /** The time of the last event that was given out, by HSM: of one that comes back, the rest is told. */
  readonly #given = new Map<string, number>();
  readonly #failed: (address: Address, error: HsmError) => void;

  /** @param failed hears of an HSM whose log cannot be read on; it is left out until it is added again */
  constructor(failed: (address: Address, error: HsmError) => void) {
    this.#failed = failed;
  }

  /** Whether the log of the HSM at an address is read here. */
  has(address: Address): boolean {
    return this.#queues.has(addressKey(address));
  }

  /** Reads this log, too: from its beginning, or behind what was given out of that HSM before. */
  add({ hostname, port }: Address, log: AuditLog): void {
    const address = { hostname, port };
    const key = addressKey(address);
    this.#queues.set(key, new Queue(address, log, this.#given.get(key) ?? -Infinity));
  }

  /** The events that there are now and were not given out before. */
  async *rest(): AsyncGenerator<FleetEvent> {
    const queues = [...this.#queues.values()];
    const heads: (NumberedEvent | undefined)[] = [];
    for (const queue of queues) heads.push(await this.#next(queue));
    for (;;) {
      const at = earliestOf(heads);
      const [queue, event] = [queues[at], heads[at]];
      if (queue === undefined || event === undefined) return;
      this.#given.set(addressKey(queue.address), event.time);
      const { hsmId, model } = queue.log;
      yield { hsm: { ...queue.address, hsmId, model }, event };
      heads[at] = await this.#next(queue);
    }
  }

  async #next(queue: Queue): Promise<NumberedEvent | undefined> {
    try {
      return await queue.next();
    } catch (error) {
      if (!(error instanceof HsmError)) throw error;
      this.#queues.delete(addressKey(queue.address));
      this.#failed(queue.address, error);
      return undefined;
    }
  }
}

/** Where the earliest event is, the first of equally early ones; -1 where there is none. */
function earliestOf(events: readonly (NumberedEvent | undefined)[]): number {
  let earliest = -1;
  for (const [at, event] of events.entries()) {
    if (event !== undefined && event.time < (events[earliest]?.time ?? Infinity)) earliest = at;
  }
  return earliest;
}
