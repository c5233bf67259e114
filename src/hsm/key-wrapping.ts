import type { SessionHandle } from "./hsm.ts";
import type { KeyWish } from "./key-making.ts";
import type { KeyClass, KeyType } from "./key-type.ts";

/** How keys are wrapped, with the numbers that wrapKey has for it (AWS CloudHSM User Guide, "key_mgmt_util-wrapKey"). */
export const wrapMechanisms = {
  /** RFC 3394, filled up as PKCS #5 does. */
  AES_KEY_WRAP_PAD_PKCS5: 4,
  /** RFC 3394. */
  NIST_AES_WRAP_NO_PAD: 5,
  /** RFC 5649. */
  NIST_AES_WRAP_PAD: 6,
  /** OAEP of a new AES key, then RFC 5649 under that (PKCS #11, CKM_RSA_AES_KEY_WRAP). */
  RSA_AES: 7,
  RSA_OAEP: 8,
  /** The IV, which the HSM draws, apart from the result. */
  AES_GCM: 10,
  /** The IV before the result. */
  CLOUDHSM_AES_GCM: 11,
} as const;

/** One of {@link wrapMechanisms}. */
export type WrapMechanism = keyof typeof wrapMechanisms;

/** The digest of OAEP and of its mask. */
export type WrapHash = "sha1" | "sha224" | "sha256" | "sha384" | "sha512";

/** Bytes of a tag of GCM: what NIST SP 800-38D allows, of at least 8. */
export const gcmTagLengths = [8, 12, 13, 14, 15, 16] as const;

/** One of {@link gcmTagLengths}. */
export type GcmTagLength = (typeof gcmTagLengths)[number];

/** A mechanism, and what it takes besides the keys. */
export interface WrapMethod {
  readonly mechanism: WrapMechanism;
  /** Of RSA_AES and RSA_OAEP; SHA-1 where it is left out. */
  readonly hash?: WrapHash;
  /** What GCM authenticates besides the key. */
  readonly additional?: Uint8Array;
  /** Of GCM; 16 where it is left out. */
  readonly tagLength?: GcmTagLength;
}

/** A key that is to be wrapped. */
export interface WrapWish {
  /** The handles of the key, and of the one that wraps it: an AES key, or the public half of an RSA pair. */
  readonly key: number;
  readonly under: number;
  readonly method: WrapMethod;
  /** What the key must be; either where it is left out. */
  readonly class?: Exclude<KeyClass, "public">;
  /** Whether to say before it what key it is, so that who takes it in need not. */
  readonly header: boolean;
}

/** A key that was wrapped. */
export interface WrappedKey {
  readonly bytes: Uint8Array;
  /** Of AES_GCM without a header: 12 bytes. */
  readonly iv?: Uint8Array;
}

/** What a wrapped key is, where no header says it. */
export interface WrappedKind {
  readonly class: Exclude<KeyClass, "public">;
  readonly type: KeyType;
}

/** A wrapped key that is to be taken in. */
export interface UnwrapWish extends Omit<KeyWish, "label" | "id"> {
  readonly wrapped: WrappedKey;
  /** The handle of the key that opens it: an AES key, or the private half of an RSA pair. */
  readonly under: number;
  readonly method: WrapMethod;
  /** Undefined where the wrapped key has a header. */
  readonly kind: WrappedKind | undefined;
  /** Undefined is what the header says. */
  readonly label: string | undefined;
  readonly id: string | undefined;
}

/** A public key that is to be taken in, in SubjectPublicKeyInfo (DER). */
export interface PublicWish extends KeyWish {
  readonly publicKey: Uint8Array;
}

/** Bytes of what is wrapped that is no key of the HSM. */
export const wrappedDataLength = { minimum: 1, maximum: 4095 } as const;

/**
 * Keys on their way out of an HSM and into it (AWS CloudHSM User Guide, "key_mgmt_util-wrapKey"). All refuse with
 * NOT_LOGGED_IN and NOT_AUTHORISED, and about the keys that they name with INVALID_OBJECT_HANDLE, KEY_ACCESS_DENIED,
 * KEY_UNSUITABLE and MXN_AUTH_FAILED.
 */
export interface KeyWrapping {
  /**
   * Wraps a key of the caller's own. Refuses with KEY_ACCESS_DENIED for one that is not extractable, KEY_UNSUITABLE for one
   * that only trusted keys may wrap, or that is too long for the mechanism.
   */
  wrap(session: SessionHandle, wish: WrapWish): Promise<WrappedKey>;
  /**
   * Takes a wrapped key in and returns its handle. Refuses with WRAPPED_DATA_INVALID, whatever keeps it from opening;
   * WRAPPED_HEADER_MISSING, POLICY_VIOLATION, INVALID_INPUT, KEY_ID_TAKEN or KEY_LIMIT.
   */
  unwrap(session: SessionHandle, wish: UnwrapWish): Promise<number>;
  /** Wraps what is no key of the HSM with AES_KEY_WRAP_PAD_PKCS5. Refuses with INVALID_INPUT for its length. */
  wrapData(session: SessionHandle, under: number, plain: Uint8Array): Promise<Uint8Array>;
  /** Opens what {@link wrapData} or {@link wrap} made so. Refuses with WRAPPED_DATA_INVALID. */
  unwrapData(session: SessionHandle, under: number, wrapped: Uint8Array): Promise<Uint8Array>;
  /** Takes a public key in and returns its handle. Refuses with INVALID_INPUT, POLICY_VIOLATION, KEY_ID_TAKEN or KEY_LIMIT. */
  importPublic(session: SessionHandle, wish: PublicWish): Promise<number>;
  /** Returns a public key in SubjectPublicKeyInfo (DER). */
  exportPublic(session: SessionHandle, handle: number): Promise<Uint8Array>;
}
