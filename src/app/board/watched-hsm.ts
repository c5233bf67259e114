import { Evidence, type LastSet } from "../../fleet/compare/evidence.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { type ComparableHsm, KnownHsm, readComparable } from "../../simulator/comparable-reader.ts";
import { EventTail } from "../../simulator/event-tail.ts";
import type { NumberedEvent } from "../../simulator/records/event-record.ts";
import type { Address } from "../../store/address.ts";
import type { Home } from "../../store/home.ts";
import type { Store } from "../../store/store.ts";

/** Events that are told at the first look, and at once: what happened before somebody watched. */
const before = 50;

/** What an HSM was read as, and its trace then. */
interface Read {
  readonly trace: string;
  readonly hsm: ComparableHsm;
  readonly known: KnownHsm;
}

/** An HSM that is looked at again and again: it is opened only at another trace than before, and what did not change is kept. */
export class WatchedHsm {
  readonly #address: Address;
  readonly #secret: Buffer;
  readonly #evidence = new Evidence();
  readonly #tail = new EventTail(before);
  #read: Read | undefined;
  #lastSet: { readonly trace: string; readonly lastSet: LastSet } | undefined;
  /** The trace at which all events were told. */
  #told: string | undefined;

  /** @param secret under which marks are made: the same for all HSMs that are compared */
  constructor(address: Address, secret: Buffer) {
    this.#address = address;
    this.#secret = secret;
  }

  /** What it held when it was read last. */
  get content(): ComparableHsm | undefined {
    return this.#read?.hsm;
  }

  /** Reads what it holds. Throws HsmError for one that cannot be read. */
  async read(home: Home, trace: string): Promise<ComparableHsm> {
    if (this.#read?.trace === trace) return this.#read.hsm;
    const { known } = this.#read ?? { known: new KnownHsm() };
    // Of one that cannot be read, nothing is known any more.
    this.#read = undefined;
    const hsm = await readComparable(this.#open(home), this.#address, home.presence, this.#secret, known);
    this.#read = { trace, hsm, known };
    return hsm;
  }

  /** Reads when what was set last on it. */
  async lastSet(home: Home, trace: string): Promise<LastSet> {
    if (this.#lastSet?.trace === trace) return this.#lastSet.lastSet;
    const lastSet = await this.#evidence.read(() => this.#open(home));
    this.#lastSet = { trace, lastSet };
    return lastSet;
  }

  /** Reads what it recorded since the last look. */
  async news(home: Home, trace: string): Promise<readonly NumberedEvent[]> {
    if (this.#told === trace) return [];
    try {
      const { events } = await this.#tail.read(this.#open(home));
      this.#told = trace;
      return events;
    } catch (error) {
      // Its column says what is wrong; the rest of its log comes once it can be read.
      if (!(error instanceof HsmError)) throw error;
      return [];
    }
  }

  #open(home: Home): Promise<Store> {
    return home.open(this.#address);
  }
}
