import type { Address } from "../store/address.ts";
import type { Store } from "../store/store.ts";
import { isWholeLog } from "./records/audit-log.ts";
import { requireOwnAddress } from "./own-address.ts";
import { type NumberedEvent, listEvents } from "./records/event-record.ts";
import { identities } from "./records/records.ts";
import { translated } from "./request/storage-failure.ts";
import { HsmError } from "../hsm/return-code.ts";

/** What is in the audit log of an HSM. */
export interface AuditLog {
  readonly hsmId: string;
  readonly events: readonly NumberedEvent[];
  /** Whether no events were removed: what is left of such a log is told all the same. */
  readonly isWhole: boolean;
}

/**
 * Reads the audit log of the HSM at `address`, beside the shells that work on it, and changes nothing: a file of an
 * older version stays one. Throws {@link HsmError} for a store that cannot be read.
 *
 * @param opening the store of the HSM, which is being opened
 */
export function readAuditLog(opening: Promise<Store>, address: Address): Promise<AuditLog> {
  return translated(async () =>
    (await opening).read(async (snapshot) => {
      const identity = await identities.get(snapshot, "hsm");
      if (identity === undefined) throw new HsmError("STORAGE_FAILURE");
      requireOwnAddress(identity, address);
      return { hsmId: identity.hsmId, events: await listEvents(snapshot), isWhole: await isWholeLog(snapshot) };
    }),
  );
}
