import type { SessionHandle } from "./hsm.ts";
import type { KeyClass, KeyType, PairShape, SecretShape } from "./key-type.ts";

/** What a crypto user wants of a key that an HSM makes or takes in. */
export interface KeyWish {
  readonly label: string;
  /** OBJ_ATTR_ID: of no other key of its class, unless it is empty. */
  readonly id: string;
  /** False for a session key, which ends with its login. */
  readonly token: boolean;
  readonly extractable: boolean;
  /** Ids of the users who may use a secret or private key besides its owner. */
  readonly sharedWith: readonly number[];
  /** Users who must approve its use; 1 where the owner's word is enough. */
  readonly mValue: number;
  /** OBJ_ATTR_WRAP_WITH_TRUSTED of a secret or private key: only a trusted key wraps it. */
  readonly wrapWithTrusted: boolean;
  /** The number of the node that makes it: keys that two nodes make at once get handles from blocks of their own. */
  readonly node: number;
}

/** A secret key that is wanted. */
export interface SecretWish extends KeyWish {
  readonly shape: SecretShape;
}

/** A key pair that is wanted. */
export interface PairWish extends KeyWish {
  readonly shape: PairShape;
  /** Of RSA: odd, 65537 to 2^31 - 1; 65537 where it is left out. */
  readonly publicExponent?: number;
}

/** The handles of a key pair. */
export interface PairHandles {
  readonly publicKey: number;
  readonly privateKey: number;
}

/** What keys must all be to be found; what is left out does not matter. */
export interface KeyCriteria {
  readonly class?: KeyClass;
  /** RC4 is the type of no key here. */
  readonly type?: KeyType | "RC4";
  readonly label?: string;
  readonly id?: string;
  /** Whether it is a session key of this login. */
  readonly session?: boolean;
  /** Users who can use it, too. */
  readonly users?: readonly number[];
  /** In hex. */
  readonly modulus?: string;
  /** Six hex digits. */
  readonly kcv?: string;
}

/**
 * What crypto users do with keys of their own (AWS CloudHSM User Guide, "key_mgmt_util"). All refuse with NOT_LOGGED_IN and
 * NOT_AUTHORISED.
 */
export interface KeyMaking {
  /**
   * Makes a secret key and returns its handle. Refuses with POLICY_VIOLATION for another size, INVALID_INPUT, also for
   * shares with who is no other crypto user and more approvals than users, KEY_ID_TAKEN or KEY_LIMIT.
   */
  secret(session: SessionHandle, wish: SecretWish): Promise<number>;
  /** Makes a key pair. Refuses as {@link secret} does. */
  pair(session: SessionHandle, wish: PairWish): Promise<PairHandles>;
  /** Returns the handles of the keys that the user can use and that are so, token keys first, each by their handles. */
  search(session: SessionHandle, criteria: KeyCriteria): Promise<readonly number[]>;
  /** Deletes a key, of a pair this half alone. Refuses with INVALID_OBJECT_HANDLE, KEY_ACCESS_DENIED or MXN_AUTH_FAILED. */
  delete(session: SessionHandle, handle: number): Promise<void>;
}
