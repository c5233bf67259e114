import type { Store } from "../store/store.ts";
import { sessions } from "./records/records.ts";
import { closeSession } from "./records/session-records.ts";
import { translated } from "./request/storage-failure.ts";

/**
 * What an HSM forgets when its power goes: who is logged in, and the quorum tokens of those logins. Nobody is left to
 * record it. Throws HsmError for a store that cannot be changed.
 *
 * @param opening the store of the HSM, which is being opened
 */
export function powerOff(opening: Promise<Store>): Promise<void> {
  return translated(async () =>
    (await opening).change(async (transaction) => {
      for (const [session] of await sessions.list(transaction)) await closeSession(transaction, session);
    }),
  );
}
