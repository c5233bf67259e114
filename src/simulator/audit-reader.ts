import type { Address } from "../store/address.ts";
import type { Store } from "../store/store.ts";
import { isWholeLog } from "./records/audit-log.ts";
import { identityIn } from "./own-identity.ts";
import { type NumberedEvent, listEvents } from "./records/event-record.ts";
import type { IdentityRecord } from "./records/records.ts";
import { translated } from "./request/storage-failure.ts";

/**
 * The audit log of an HSM, read piece by piece beside the shells that work there. It changes nothing: a file of an older
 * version stays one.
 */
export class AuditLog {
  readonly hsmId: string;
  /** The name of its model; undefined for an HSM of an older version, which recorded none. */
  readonly model: string | undefined;
  /** Whether no events were removed before it was opened: what is left of such a log is told all the same. */
  readonly isWhole: boolean;
  readonly #store: Store;
  #next = 0;

  private constructor(store: Store, { hsmId, model }: IdentityRecord, isWhole: boolean) {
    this.#store = store;
    this.hsmId = hsmId;
    this.model = model;
    this.isWhole = isWhole;
  }

  /**
   * Opens the log of the HSM at `address`. Throws HsmError for a store that cannot be read.
   *
   * @param opening the store of the HSM, which is being opened
   */
  static open(opening: Promise<Store>, address: Address): Promise<AuditLog> {
    return translated(async () => {
      const store = await opening;
      return store.read(async (snapshot) => {
        const identity = await identityIn(snapshot, address);
        return new AuditLog(store, identity, await isWholeLog(snapshot));
      });
    });
  }

  /** The events behind those that were read, the oldest first; none where there is no other yet. Throws HsmError. */
  async read(atMost: number): Promise<readonly NumberedEvent[]> {
    const events = await translated(() => this.#store.read((snapshot) => listEvents(snapshot, this.#next, atMost)));
    this.#next = (events.at(-1)?.sequence ?? this.#next - 1) + 1;
    return events;
  }
}
