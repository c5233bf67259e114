import type { MaskedObject } from "../../hsm/masked-object.ts";
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { keyLength, seal, unseal } from "./authenticated-cipher.ts";
import { HsmError } from "../../hsm/return-code.ts";

/** What a masked object holds. */
export type MaskedKind = "user" | "key";

/** What a masked object says of itself, authenticated with its content. */
export interface MaskedHeader {
  readonly kind: MaskedKind;
  /** The id of the HSM that it was extracted from. */
  readonly source: string;
  /** The user id or key handle there. */
  readonly objectId: number;
}

const magic = Buffer.from("HSMO", "latin1");
const formatVersion = 1;
const kindBytes = { user: 1, key: 2 } as const satisfies Record<MaskedKind, number>;
const keyIdLength = 8;
const longestSource = 255;

/**
 * The key under which the HSMs of one cluster, and of its clones, seal what they give to each other
 * (AES-256-GCM). The header is the additional authenticated data.
 */
export class MaskingKey {
  readonly #key: Buffer;
  readonly #id: Buffer;

  private constructor(key: Buffer) {
    this.#key = key;
    this.#id = createHmac("sha256", key).update("masking key id").digest().subarray(0, keyIdLength);
  }

  /** A new key, for a new cluster. */
  static generate(): MaskingKey {
    return new MaskingKey(randomBytes(keyLength));
  }

  /** Reads what {@link MaskingKey.encode} wrote. */
  static decode(text: string): MaskingKey {
    const key = Buffer.from(text, "base64");
    if (key.length !== keyLength) throw new HsmError("STORAGE_FAILURE");
    return new MaskingKey(key);
  }

  /** The key itself, for the HSM's own store only. */
  encode(): string {
    return this.#key.toString("base64");
  }

  /** Digests a text for a purpose: 64 hex digits, which only HSMs with this key can compute (HMAC-SHA-256). */
  digest(purpose: string, text: string): string {
    return createHmac("sha256", this.#key).update(`${purpose}\n`).update(text).digest("hex");
  }

  /** Seals `content` under `header`. */
  seal(header: MaskedHeader, content: string): MaskedObject {
    const head = this.#encodeHeader(header);
    return Buffer.concat([head, seal(this.#key, head, Buffer.from(content))]);
  }

  /**
   * Opens a masked object of `kind`. Throws {@link HsmError} MASKED_OBJECT_FOREIGN for another cluster's,
   * MASKED_OBJECT_DAMAGED for anything else that is not exactly what an HSM sealed.
   */
  open(kind: MaskedKind, masked: MaskedObject): { readonly header: MaskedHeader; readonly content: string } {
    const bytes = Buffer.from(masked.buffer, masked.byteOffset, masked.byteLength);
    const { header, keyId, length } = decodeHeader(bytes);
    if (!timingSafeEqual(keyId, this.#id)) throw new HsmError("MASKED_OBJECT_FOREIGN");
    if (header.kind !== kind) throw new HsmError("MASKED_OBJECT_DAMAGED");
    try {
      const content = unseal(this.#key, bytes.subarray(0, length), bytes.subarray(length));
      return { header, content: content.toString("utf8") };
    } catch (error) {
      throw new HsmError("MASKED_OBJECT_DAMAGED", { cause: error });
    }
  }

  #encodeHeader(header: MaskedHeader): Buffer {
    const source = Buffer.from(header.source);
    if (source.length > longestSource) throw new HsmError("INVALID_INPUT");
    const objectId = Buffer.alloc(4);
    objectId.writeUInt32BE(header.objectId);
    return Buffer.concat([
      magic,
      Buffer.of(formatVersion, kindBytes[header.kind]),
      this.#id,
      Buffer.of(source.length),
      source,
      objectId,
    ]);
  }
}

/** Reads `magic, version, kind, key id, length of source, source, object id`. */
function decodeHeader(bytes: Buffer): {
  readonly header: MaskedHeader;
  readonly keyId: Buffer;
  readonly length: number;
} {
  const sourceLengthAt = magic.length + 2 + keyIdLength;
  const sourceLength = bytes[sourceLengthAt];
  const sourceAt = sourceLengthAt + 1;
  const length = sourceAt + (sourceLength ?? 0) + 4;
  const kind = bytes[magic.length + 1] === kindBytes.user ? "user" : "key";
  if (
    sourceLength === undefined ||
    bytes.length < length ||
    !bytes.subarray(0, magic.length).equals(magic) ||
    bytes[magic.length] !== formatVersion ||
    bytes[magic.length + 1] !== kindBytes[kind]
  ) {
    throw new HsmError("MASKED_OBJECT_DAMAGED");
  }
  return {
    header: {
      kind,
      source: bytes.subarray(sourceAt, sourceAt + sourceLength).toString("utf8"),
      objectId: bytes.readUInt32BE(length - 4),
    },
    keyId: bytes.subarray(magic.length + 2, sourceLengthAt),
    length,
  };
}
