import { randomBytes } from "node:crypto";
import { keyLength, seal, unseal } from "./authenticated-cipher.ts";
import { HsmError } from "../../hsm/return-code.ts";

/**
 * The key under which one HSM keeps its key material (AES-256-GCM). The place of what is sealed is
 * the additional authenticated data, so that material copied to another place does not open.
 */
export class StorageKey {
  readonly #key: Buffer;
  readonly #hsmId: string;

  /**
   * Throws {@link HsmError} STORAGE_FAILURE for anything but a key.
   *
   * @param encoded what {@link StorageKey.generate} gave
   */
  constructor(encoded: string, hsmId: string) {
    this.#key = Buffer.from(encoded, "base64");
    if (this.#key.length !== keyLength) throw new HsmError("STORAGE_FAILURE");
    this.#hsmId = hsmId;
  }

  /** A new key, in base64. */
  static generate(): string {
    return randomBytes(keyLength).toString("base64");
  }

  /** Seals material for its place, for example `key/262162`, in base64. */
  seal(place: string, material: Buffer): string {
    return seal(this.#key, this.#address(place), material).toString("base64");
  }

  /** Opens what was sealed for this place. Throws {@link HsmError} STORAGE_FAILURE for anything else. */
  open(place: string, sealed: string): Buffer {
    try {
      return unseal(this.#key, this.#address(place), Buffer.from(sealed, "base64"));
    } catch (error) {
      throw new HsmError("STORAGE_FAILURE", { cause: error });
    }
  }

  #address(place: string): Buffer {
    return Buffer.from(`${this.#hsmId}/${place}`);
  }
}
