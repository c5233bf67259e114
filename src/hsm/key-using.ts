import type { SessionHandle } from "./hsm.ts";
import type { MaskedObject } from "./masked-object.ts";
import type { SignatureMechanism } from "./signature-mechanism.ts";

/** A message, and how it is signed with which key. */
export interface Signing {
  readonly handle: number;
  readonly mechanism: SignatureMechanism;
  /** It is hashed as it is. */
  readonly message: Uint8Array;
}

/**
 * What crypto users do with keys that are there (AWS CloudHSM User Guide, "key_mgmt_util"). All refuse with NOT_LOGGED_IN,
 * NOT_AUTHORISED, INVALID_OBJECT_HANDLE and KEY_ACCESS_DENIED.
 */
export interface KeyUsing {
  /**
   * Signs with a private key, which may be shared. Refuses with MXN_AUTH_FAILED for a key whose use others must approve, and
   * KEY_UNSUITABLE for one that is of another kind than the mechanism, or not to sign with; with NOT_AUTHORISED also a user
   * who is kept from signing.
   */
  sign(session: SessionHandle, signing: Signing): Promise<Uint8Array>;
  /** Verifies with a public key. Refuses as {@link sign} does, and with BAD_PKCS_DATA for another signature. */
  verify(session: SessionHandle, signing: Signing, signature: Uint8Array): Promise<void>;
  /** Makes a token key of a session key, under its handle. Refuses with INVALID_INPUT for a token key, and KEY_LIMIT. */
  keep(session: SessionHandle, handle: number): Promise<void>;
  /**
   * Adds a masked key under a new handle, which it returns. Refuses with MASKED_OBJECT_FOREIGN, MASKED_OBJECT_DAMAGED,
   * KEY_OWNER_MISSING or KEY_LIMIT.
   *
   * @param node the number of the node that it is asked of, as `KeyWish` has it
   */
  insertAnew(session: SessionHandle, masked: MaskedObject, node: number): Promise<number>;
}
