/** A password as one command offers it to all HSMs that it asks: the text, and the salt that they keep it with. */
export interface PasswordOffer {
  readonly text: string;
  readonly salt: Uint8Array;
}

/** Bytes of the salt. */
export const saltLength = 16;

/**
 * Offers a password, with a salt drawn for it: HSMs that keep one offer stay in step. No log, no copy and no list of
 * its members shows the text, but `text` itself.
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
