import type { SessionHandle } from "./hsm.ts";
import type { MaskedObject } from "./masked-object.ts";
import type { KeyAttribute } from "./key-attribute.ts";

/** Looking at, sharing and copying keys. All refuse with NOT_LOGGED_IN and NOT_AUTHORISED. */
export interface Keys {
  /** Returns the keys that a user can use; for user 0, all users' keys. Refuses with USER_NOT_FOUND. */
  find(session: SessionHandle, userId: number, wanted?: WantedOfKeys): Promise<KeyListing>;
  /** Returns what must be equal on two HSMs for each key, in the order of the handles. */
  states(session: SessionHandle): Promise<readonly KeyState[]>;
  /** Returns who may use a key. Refuses with INVALID_OBJECT_HANDLE or KEY_ACCESS_DENIED, as do all below. */
  information(session: SessionHandle, handle: number): Promise<KeyInformation>;
  /** Returns one attribute, or all that the key has (512). Refuses with INVALID_ATTRIBUTE, ATTRIBUTE_NOT_APPLICABLE. */
  attributes(session: SessionHandle, handle: number, attributeId: number): Promise<readonly KeyAttribute[]>;
  /** Sets an attribute. Refuses with INVALID_ATTRIBUTE, ATTRIBUTE_READ_ONLY or INVALID_INPUT. */
  setAttribute(session: SessionHandle, handle: number, attributeId: number, word: string): Promise<void>;
  /** Shares a key with users, or stops sharing it. Refuses with INVALID_INPUT, also for the handle, or MXN_AUTH_FAILED. */
  share(session: SessionHandle, handle: number, userIds: readonly number[], share: boolean): Promise<void>;
  /**
   * Gives a token key to another crypto user, who needs no share in it any more. Secret and private keys are given only
   * with their check value, but for generic secrets. Refuses with USER_NOT_FOUND or INVALID_INPUT.
   *
   * @param kcv six hex digits
   */
  give(session: SessionHandle, handle: number, userId: number, kcv?: string): Promise<void>;
  /** Returns a sealed copy of a token key. */
  extract(session: SessionHandle, handle: number): Promise<MaskedObject>;
  /**
   * Adds a key that another HSM sealed, or replaces the same key. Refuses with MASKED_OBJECT_FOREIGN,
   * MASKED_OBJECT_DAMAGED, KEY_OWNER_MISSING, KEY_CONFLICT or KEY_LIMIT.
   */
  insert(session: SessionHandle, masked: MaskedObject): Promise<void>;
}

/** How a user holds a key; `everyone` where no user in particular was asked about. */
export interface HeldKey {
  readonly handle: number;
  readonly held: "owner" | "shared" | "public" | "everyone";
}

/** What a listing should have besides the keys. */
export interface WantedOfKeys {
  readonly hash?: boolean;
}

/** The keys that a user can use. */
export interface KeyListing {
  readonly keys: readonly HeldKey[];
  /**
   * The key hash over all keys of the HSM, 64 hex digits, if it was asked for and the user has keys (AWS CloudHSM User
   * Guide, "cloudhsm_mgmt_util-findAllKeys": a user without keys is shown no hash).
   */
  readonly hash?: string;
}

/** Who may use a key, and whether it lasts. */
export interface KeyInformation {
  readonly token: boolean;
  readonly owner: number;
  readonly sharedWith: readonly number[];
  readonly mValue: number;
}

/** What is equal on two HSMs when a key is in sync. */
export interface KeyState {
  readonly handle: number;
  readonly owner: number;
  readonly sharedWith: readonly number[];
  readonly mValue: number;
  readonly kcv: string;
}
