import type { UserEntry } from "../config/configuration.ts";
import { type PasswordOffer, offerPassword } from "../hsm/password-offer.ts";
import type { InitialUser } from "../simulator/image-users.ts";

/**
 * The passwords of the users of one cluster that is being created. One user's password is offered once, wherever it is
 * named: HSMs that are given the same are in step.
 */
export class Offers {
  readonly #made = new Map<string, PasswordOffer>();

  /** A user as an HSM takes it. */
  readonly user = ({ password, ...user }: UserEntry): InitialUser => {
    const whose = JSON.stringify([user.name.toLowerCase(), password]);
    const offer = this.#made.get(whose) ?? offerPassword(password);
    this.#made.set(whose, offer);
    return { ...user, password: offer };
  };
}
