import type { SessionHandle } from "../hsm/hsm.ts";
import type { Address } from "../store/address.ts";
import type { Store } from "../store/store.ts";
import { identityIn } from "./own-identity.ts";
import { audit } from "./records/audit-log.ts";
import { sessions, users } from "./records/records.ts";
import { closeSession } from "./records/session-records.ts";
import { eventOf } from "./request/event.ts";
import { translated } from "./request/storage-failure.ts";

/** A login on the HSM at an address. */
export interface LoginThere {
  readonly address: Address;
  readonly session: SessionHandle;
}

/**
 * Ends a login from outside its shell, which the HSM records as the end of its connection: the next request of that shell
 * is refused with NOT_LOGGED_IN. Returns whether there was such a login. Throws HsmError for a store that cannot
 * be read or changed.
 *
 * @param opening the store of the HSM, which is being opened
 * @param clock microseconds since 1970
 */
export function endLogin(
  opening: Promise<Store>,
  { address, session }: LoginThere,
  clock: () => number,
): Promise<boolean> {
  return translated(async () =>
    (await opening).change(async (transaction) => {
      await identityIn(transaction, address);
      const record = await sessions.get(transaction, session);
      if (record === undefined) return false;
      await closeSession(transaction, session);
      const user = await users.get(transaction, record.userId);
      const event = user === undefined ? undefined : eventOf("logins.leave", { session, user }, "SUCCESS");
      if (event !== undefined) await audit(transaction, clock(), event);
      return true;
    }),
  );
}
