import type { PasswordOffer } from "../hsm/password-offer.ts";
import type { Store } from "../store/store.ts";
import { passwords } from "./records/records.ts";
import { findUser } from "./records/user-records.ts";
import { translated } from "./request/storage-failure.ts";
import { fits } from "./sealing/password-hash.ts";

/**
 * Whether a user of an HSM has this password; it counts as no attempt to log in. Throws HsmError for a store that cannot be
 * read.
 *
 * @param opening the store of the HSM, which is being opened
 */
export function hasPassword(opening: Promise<Store>, name: string, offer: PasswordOffer): Promise<boolean> {
  return translated(async () => {
    const kept = await (
      await opening
    ).read(async (snapshot) => {
      const found = await findUser(snapshot, name);
      return found === undefined ? undefined : passwords.get(snapshot, found.id);
    });
    return kept !== undefined && fits(offer, kept);
  });
}
