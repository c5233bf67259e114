import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { HsmError } from "../return-code.ts";

const keyLength = 32;
const ivLength = 12;
const tagLength = 16;

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
    const iv = randomBytes(ivLength);
    const cipher = createCipheriv("aes-256-gcm", this.#key, iv).setAAD(this.#address(place));
    return Buffer.concat([iv, cipher.update(material), cipher.final(), cipher.getAuthTag()]).toString("base64");
  }

  /** Opens what was sealed for this place. Throws {@link HsmError} STORAGE_FAILURE for anything else. */
  open(place: string, sealed: string): Buffer {
    const bytes = Buffer.from(sealed, "base64");
    if (bytes.length < ivLength + tagLength) throw new HsmError("STORAGE_FAILURE");
    const decipher = createDecipheriv("aes-256-gcm", this.#key, bytes.subarray(0, ivLength), {
      authTagLength: tagLength,
    })
      .setAAD(this.#address(place))
      .setAuthTag(bytes.subarray(-tagLength));
    const opened = decipher.update(bytes.subarray(ivLength, -tagLength));
    try {
      return Buffer.concat([opened, decipher.final()]);
    } catch (error) {
      throw new HsmError("STORAGE_FAILURE", { cause: error });
    }
  }

  #address(place: string): Buffer {
    return Buffer.from(`${this.#hsmId}/${place}`);
  }
}
