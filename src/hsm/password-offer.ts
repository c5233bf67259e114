/** A password as a command offers it to each HSM, with the salt to store it with. */
export interface PasswordOffer {
  readonly text: string;
  readonly salt: Uint8Array;
}

/** Bytes of the salt. */
export const saltLength = 16;

/**
 * Offers a password, with a new random salt: HSMs that store the same offer stay in sync. Only `text` itself shows
 * the password: no log, copy or list of members does.
 */
export function offerPassword(text: string): PasswordOffer {
  return new DiscreetOffer(text, crypto.getRandomValues(new Uint8Array(saltLength)));
}

class DiscreetOffer implements PasswordOffer {
  readonly salt: Uint8Array;
  readonly #text: string;

  constructor(text: string, salt: Uint8Array) {
    this.#text = text;
    this.salt = salt;
  }

  get text(): string {
    return this.#text;
  }

  toString(): string {
    return "[password]";
  }

  toJSON(): string {
    return "[password]";
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[password]";
  }
}
