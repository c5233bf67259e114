import type { SessionHandle } from "./hsm.ts";
import type { MaskedObject } from "./masked-object.ts";
import type { KeyAttribute } from "./key-attribute.ts";

/** Looking at, sharing and copying keys. All refuse with NOT_LOGGED_IN and NOT_AUTHORISED. */
export interface Keys {
  /** The keys that a user can use; of user 0 those of all users. Refuses with USER_NOT_FOUND. */
  find(session: SessionHandle, userId: number, wanted?: WantedOfKeys): Promise<KeyListing>;
  /** What decides whether each key is in step with another HSM, in the order of the handles. */
  states(session: SessionHandle): Promise<readonly KeyState[]>;
  /** Refuses with INVALID_OBJECT_HANDLE or KEY_ACCESS_DENIED, as do all below. */
  information(session: SessionHandle, handle: number): Promise<KeyInformation>;
  /** One attribute, or with 512 all that the key has. Refuses with INVALID_ATTRIBUTE, ATTRIBUTE_NOT_APPLICABLE. */
  attributes(session: SessionHandle, handle: number, attributeId: number): Promise<readonly KeyAttribute[]>;
  /** Refuses with INVALID_ATTRIBUTE, ATTRIBUTE_READ_ONLY or INVALID_INPUT. */
  setAttribute(session: SessionHandle, handle: number, attributeId: number, word: string): Promise<void>;
  /** Shares a key with users, or takes it back. Refuses with INVALID_INPUT, of a handle too, or MXN_AUTH_FAILED. */
  share(session: SessionHandle, handle: number, userIds: readonly number[], share: boolean): Promise<void>;
  /** A sealed copy of a token key. */
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

/** What is wanted beside the keys themselves. */
export interface WantedOfKeys {
  readonly hash?: boolean;
}

/** The keys that a user can use. */
export interface KeyListing {
  readonly keys: readonly HeldKey[];
  /**
   * The key hash over all keys of the HSM, 64 hex digits: where it was wanted, and the user has keys (AWS CloudHSM User
   * Guide, "cloudhsm_mgmt_util-findAllKeys": a user without keys has no hash).
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

/** What is the same on two HSMs when a key is in step. */
export interface KeyState {
  readonly handle: number;
  readonly owner: number;
  readonly sharedWith: readonly number[];
  readonly mValue: number;
  readonly kcv: string;
}
