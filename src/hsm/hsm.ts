import type { CertificateType } from "./certificate-type.ts";
import type { Keys } from "./key-requests.ts";
import type { MaskedObject } from "./masked-object.ts";
import type { PasswordOffer } from "./password-offer.ts";
import type { Quorum, Tokens } from "./quorum-requests.ts";
import type { QuorumService } from "./quorum-service.ts";
import type { UserSummary, UserType } from "./user.ts";

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
export interface HsmIdentity {
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
  readonly password: PasswordOffer;
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
   * INVALID_USER_TYPE, OBJECT_CONFLICT, USER_LOGGED_IN, USER_LIMIT or an MXN code.
   */
  insert(session: SessionHandle, masked: MaskedObject): Promise<UserSummary>;
}

/** The hardware that this HSM plays, and what it holds. */
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
  readonly maxUsers: number;
  /** Bytes that a password may have. */
  readonly passwordLength: { readonly minimum: number; readonly maximum: number };
  readonly tokenKeys: number;
  /** Those of this shell's login. */
  readonly sessionKeys: number;
  readonly maxKeys: number;
  readonly sessions: number;
  /** How many officers the operations of each service take; 1 is no quorum. */
  readonly minimums: Readonly<Record<QuorumService, number>>;
}
