import type { CertificateType } from "./certificates/certificates.ts";
import type { KeyAttribute } from "./keys/key-attributes.ts";
import type { MaskedObject } from "./masked-object.ts";
import type { Password } from "./users/password.ts";
import type { QuorumService } from "./quorum/quorum-service.ts";
import type { UserSummary, UserType } from "./users/user.ts";

/**
 * Everything that can be asked of an HSM, whoever stands behind it. Each request that is refused rejects with
 * `HsmError`, and has changed nothing but the audit log and, for a wrong password, its count.
 */
export interface Hsm {
  readonly identity: HsmIdentity;
  /** Who answers now. Rejects with `HsmError` SERVER_UNAVAILABLE where the file of the HSM is gone. */
  identify(): Promise<HsmIdentity>;
  readonly logins: Logins;
  readonly users: Users;
  readonly quorum: Quorum;
  readonly tokens: Tokens;
  readonly keys: Keys;
  /** A certificate of the HSM in PEM (AWS CloudHSM User Guide, getCert). Takes no login. */
  certificate(type: CertificateType): Promise<string>;
  /** What the HSM says of its hardware, and what it holds. Takes no login. */
  information(): Promise<HsmInformation>;
  /** Switches the connection off. */
  close(): Promise<void>;
}

/** Who an HSM is. */
interface HsmIdentity {
  /** `hsm-` and eleven letters or digits; `info` shows it as the partition. */
  readonly id: string;
  readonly clusterId: string;
}

/** The handle of a login on one HSM; 0 is none. */
export type SessionHandle = number;

/** A login as the HSM granted it. */
export interface Login {
  readonly session: SessionHandle;
  readonly userId: number;
  readonly type: UserType;
  readonly name: string;
}

/** Who wants to be logged in, or created. The type is the word that was typed: the HSM decides what is valid. */
export interface Credentials {
  readonly type: string;
  readonly name: string;
  readonly password: Password;
}

/** Whose user is meant, by the words that were typed. */
export interface UserReference {
  readonly type: string;
  readonly name: string;
}

/** A signature over the digest that `Logins.challenge` gave, and the public key that it was made for. */
export interface SecondFactor {
  readonly signature: Uint8Array;
  /** In PEM. */
  readonly publicKey: string;
}

/** Logging in and out (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-loginLogout"). */
export interface Logins {
  /** Starts the key derivation that `login` will need, so that several HSMs can derive at once. */
  prepare(credentials: Credentials): Promise<void>;
  /** The SHA-256 digest to sign for a second factor: good for one request on this connection, until the next one. */
  challenge(): Promise<Uint8Array>;
  /**
   * Logs in, in place of an earlier login of this shell. Refuses with UNKNOWN_USER_TYPE, UNKNOWN_USER_NAME,
   * USER_NOT_FOUND (a user of another type), USER_LOCKED or LOGIN_FAILURE, which adds to the user's count.
   * A user with a second factor is refused with SECOND_FACTOR_MISSING without `signature`, with SECOND_FACTOR_WRONG
   * where it is not one over the challenge; for other users it is ignored.
   */
  login(credentials: Credentials, signature?: Uint8Array): Promise<Login>;
  /** Refuses with NOT_LOGGED_IN. */
  logout(session: SessionHandle): Promise<void>;
  /** Ends a login with its connection, which the audit log tells from a logout. Refuses with NOT_LOGGED_IN. */
  leave(session: SessionHandle): Promise<void>;
}

/**
 * Managing users. All but `list` and `find` refuse with NOT_LOGGED_IN and NOT_AUTHORISED; `create`, `delete` and
 * `changePassword` of another user with an MXN code where USER_MGMT takes several officers. A second factor is refused
 * with SECOND_FACTOR_OFFICERS, SECOND_FACTOR_WRONG or a PUBLIC_KEY code.
 */
export interface Users {
  /** All users by id; takes no login. */
  list(): Promise<readonly UserSummary[]>;
  /** The user with a name, without regard to case; takes no login. Refuses with USER_NOT_FOUND. */
  find(name: string): Promise<UserSummary>;
  /** Refuses with UNKNOWN_USER_TYPE, INVALID_INPUT, PASSWORD_LENGTH, USER_EXISTS or USER_LIMIT. */
  create(session: SessionHandle, credentials: Credentials, factor?: SecondFactor): Promise<UserSummary>;
  /**
   * Sets a password, unlocks the user, and takes its public key and second factor away, or sets those of `factor`; a
   * PRECO becomes a CO.
   * Refuses with UNKNOWN_USER_TYPE, USER_NOT_FOUND, PASSWORD_LENGTH or USER_LOGGED_IN.
   */
  changePassword(session: SessionHandle, credentials: Credentials, factor?: SecondFactor): Promise<UserSummary>;
  /**
   * Gives the deleted user back, sealed, for undoing. Refuses with USER_NOT_FOUND, USER_LOGGED_IN (oneself,
   * too) or USER_OWNS_KEYS.
   */
  delete(session: SessionHandle, user: UserReference): Promise<MaskedObject>;
  /** A sealed copy of a user. Refuses with USER_NOT_FOUND. */
  extract(session: SessionHandle, userId: number): Promise<MaskedObject>;
  /**
   * Adds a user that another HSM sealed, or replaces the same user (id, type and name). Takes approval as `create`
   * does, but not for what this login deleted last. Refuses with MASKED_OBJECT_FOREIGN, MASKED_OBJECT_DAMAGED,
   * OBJECT_CONFLICT, USER_LOGGED_IN, USER_LIMIT or an MXN code.
   */
  insert(session: SessionHandle, masked: MaskedObject): Promise<UserSummary>;
}

/** Looking at, sharing and copying keys. All refuse with NOT_LOGGED_IN and NOT_AUTHORISED. */
export interface Keys {
  /** The keys that a user can use; of user 0 those of all users. Refuses with USER_NOT_FOUND. */
  find(session: SessionHandle, userId: number): Promise<KeyListing>;
  /** What decides whether a key is in step with another HSM, by handle. */
  states(session: SessionHandle): Promise<ReadonlyMap<number, KeyState>>;
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

/** What findAllKeys shows. */
export interface KeyListing {
  readonly keys: readonly HeldKey[];
  /** The key hash over all keys of the HSM: 64 hex digits. */
  readonly hash: () => string;
}

/** What getKeyInfo shows. */
export interface KeyInformation {
  readonly token: boolean;
  readonly owner: number;
  readonly sharedWith: readonly number[];
  readonly mValue: number;
}

/** What is the same on two HSMs when a key is in step. */
export interface KeyState {
  readonly owner: number;
  readonly sharedWith: readonly number[];
  readonly mValue: number;
  readonly kcv: string;
}

/** A public key, and the proof that its private part is at hand: a signature over a token of at most 245 bytes. */
export interface KeyRegistration {
  readonly token: Uint8Array;
  readonly signature: Uint8Array;
  /** In PEM. */
  readonly publicKey: string;
}

/** How many officers the operations of a service take; 1 is no quorum. */
export interface QuorumMinimum {
  readonly service: QuorumService;
  readonly minimum: number;
}

/**
 * Whose signatures count, and how many an operation takes (AWS CloudHSM User Guide, "quorum-authentication"). Services
 * go by their numbers, as typed. Everything refuses with NOT_LOGGED_IN and NOT_AUTHORISED, and with UNKNOWN_SERVICE.
 */
export interface Quorum {
  /**
   * Registers the key of an officer: one's own, or where USER_MGMT takes several officers with their approval another's.
   * Refuses with USER_NOT_FOUND, REGISTRATION_TOKEN_LENGTH, REGISTRATION_SIGNATURE, SECOND_FACTOR_KEY, a PUBLIC_KEY
   * or an MXN code.
   */
  registerKey(session: SessionHandle, user: UserReference, registration: KeyRegistration): Promise<void>;
  /** How many officers the operations of a service take at present. */
  minimum(session: SessionHandle, service: number): Promise<QuorumMinimum>;
  /**
   * Takes the approval of as many officers as MISC_CO takes at present. Refuses with M_VALUE_RANGE, M_VALUE_OFFICERS,
   * M_VALUE_ORDER where MISC_CO takes fewer officers than the service, or an MXN code.
   */
  setMinimum(session: SessionHandle, service: number, minimum: number): Promise<void>;
}

/** A token as it was issued. */
export interface QuorumToken {
  readonly id: number;
  readonly service: QuorumService;
  readonly userName: string;
  /** The line that stands for it in the file that officers sign. */
  readonly text: string;
}

/** A token as `listTokens` shows it. */
export interface TokenSummary extends Omit<QuorumToken, "text"> {
  /** 0 for one that has expired. */
  readonly secondsLeft: number;
  readonly required: number;
  /** The names of the officers whose approvals count. */
  readonly approvers: readonly string[];
}

/** An officer's signature over a token file: PKCS #1 v1.5 with SHA-256. */
export interface Approval {
  readonly approver: UserReference;
  readonly signature: Uint8Array;
}

/**
 * Quorum tokens: each lets one operation of its service through, for the login that it was issued to, once enough
 * officers approved it. It ends with that login. Everything refuses with NOT_LOGGED_IN and NOT_AUTHORISED.
 */
export interface Tokens {
  /** Refuses with UNKNOWN_SERVICE, TOKEN_OF_ANOTHER_USER or TOKEN_LIMIT. */
  issue(session: SessionHandle, service: number, userName: string): Promise<QuorumToken>;
  /**
   * Adds all these approvals to the token of this HSM in `file`, or none. Refuses with TOKEN_NOT_IN_FILE,
   * TOKEN_NOT_FOUND, TOKEN_EXPIRED, and naming the approver with USER_NOT_FOUND, NO_PUBLIC_KEY, APPROVED_ALREADY,
   * SIGNATURE_MISMATCH or SIGNATURE_OF_ANOTHER_USER.
   */
  approve(session: SessionHandle, file: Uint8Array, approvals: readonly Approval[]): Promise<void>;
  /** All tokens of all logins, by id. */
  list(session: SessionHandle): Promise<readonly TokenSummary[]>;
  /** Refuses with TOKEN_NOT_FOUND or TOKEN_OF_ANOTHER_LOGIN. */
  delete(session: SessionHandle, id: number): Promise<void>;
}

/** What getHSMInfo shows of the hardware that this HSM plays. */
export interface HsmInformation {
  readonly label: string;
  readonly model: string;
  readonly serialNumber: string;
  readonly fipsState: string;
  readonly totalPublicMemory: number;
  readonly freePublicMemory: number;
  readonly firmware: { readonly major: string; readonly minor: string; readonly id: string; readonly build: number };
  /** Degrees Celsius. */
  readonly temperature: number;
  readonly partition: PartitionInformation;
}

/** What this HSM holds, and how much it has room for. */
interface PartitionInformation {
  readonly users: number;
  readonly tokenKeys: number;
  /** Those of this shell's login. */
  readonly sessionKeys: number;
  readonly maxKeys: number;
  readonly sessions: number;
  /** How many officers the operations of each service take; 1 is no quorum. */
  readonly minimums: Readonly<Record<QuorumService, number>>;
}
