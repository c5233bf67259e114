import type { CertificateType } from "./certificate-type.ts";
import type { KeyMaking } from "./key-making.ts";
import type { KeyUsing } from "./key-using.ts";
import type { KeyWrapping } from "./key-wrapping.ts";
import type { Keys } from "./key-requests.ts";
import type { MaskedObject } from "./masked-object.ts";
import type { PasswordOffer } from "./password-offer.ts";
import type { Quorum, Tokens } from "./quorum-requests.ts";
import type { QuorumService } from "./quorum-service.ts";
import type { Unlocking } from "./unlock-requests.ts";
import type { SwitchChanges, UserDetails, UserSummary, UserType } from "./user.ts";

/**
 * Everything that can be asked of an HSM, whatever implements it. A refused request rejects with `HsmError`; it has
 * changed nothing but the audit log and, for a wrong password, the count of failures.
 */
export interface Hsm {
  readonly identity: HsmIdentity;
  /** Returns who answers now. Rejects with SERVER_UNAVAILABLE where the file of the HSM is gone. */
  identify(): Promise<HsmIdentity>;
  /**
   * Encrypts the connection end to end, as it is from the start. Rejects with NOT_ENCRYPTED where that fails, as every
   * request but `identify` does on a connection that is not encrypted.
   */
  encrypt(): Promise<void>;
  readonly logins: Logins;
  readonly users: Users;
  readonly unlocking: Unlocking;
  readonly quorum: Quorum;
  readonly tokens: Tokens;
  readonly keys: Keys;
  readonly making: KeyMaking;
  readonly using: KeyUsing;
  readonly wrapping: KeyWrapping;
  /**
   * Returns a certificate of the HSM in PEM (AWS CloudHSM User Guide, getCert). Rejects with NOT_LOGGED_IN where
   * its vendor asks for a login, but not for whoever asks outside any session.
   */
  certificate(type: CertificateType, session?: SessionHandle): Promise<string>;
  /**
   * Returns the request for a certificate of the cluster's key, in PEM (Azure and Alibaba, getCertReq). Rejects as
   * {@link certificate} does.
   */
  certificateRequest(session?: SessionHandle): Promise<string>;
  /**
   * Stores what the customer signed (Azure and Alibaba, storeCert): the owner's certificate as type 4, then that of the
   * cluster as type 8, which initialises the HSM and ends the login. Refuses with NOT_LOGGED_IN, NOT_AUTHORISED,
   * INVALID_INPUT for another type, and a CERTIFICATE code.
   *
   * @param certificate in PEM
   */
  storeCertificate(session: SessionHandle, certificate: string, type: CertificateType): Promise<void>;
  /**
   * Returns what hardware the HSM is, and what it holds. Refuses with NOT_LOGGED_IN or NOT_AUTHORISED who asks in a
   * session for how full it is, where the vendor shows that to officers only.
   *
   * @param session left out where only the hardware is asked for, which anybody may see
   */
  information(session?: SessionHandle): Promise<HsmInformation>;
  /** Closes the connection. */
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

/** A user to log in or to create. The type is the word as typed: the HSM decides whether it is valid. */
export interface Credentials {
  readonly type: string;
  readonly name: string;
  readonly password: PasswordOffer;
}

/** The user that is meant, by the words as typed. */
export interface UserReference {
  readonly type: string;
  readonly name: string;
}

/** A signature over the digest that `Logins.challenge` returned, and its public key. */
export interface SecondFactor {
  readonly signature: Uint8Array;
  /** In PEM. */
  readonly publicKey: string;
}

/** Logging in and out (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-loginLogout"). */
export interface Logins {
  /** Starts the key derivation that `login` will need, so that several HSMs can derive at once. */
  prepare(credentials: Credentials): Promise<void>;
  /** Returns the SHA-256 digest to sign for a second factor: valid for one request, until the next challenge. */
  challenge(): Promise<Uint8Array>;
  /**
   * Logs in, and replaces an earlier login of this shell. Refuses with UNKNOWN_USER_TYPE, UNKNOWN_USER_NAME,
   * USER_NOT_FOUND (a user of another type), USER_LOCKED or LOGIN_FAILURE, which adds to the user's count.
   * A user with a second factor is refused with SECOND_FACTOR_MISSING without a `signature`, and with
   * SECOND_FACTOR_WRONG if it is not over the challenge; for other users it is ignored.
   */
  login(credentials: Credentials, signature?: Uint8Array): Promise<Login>;
  /** Logs out. Refuses with NOT_LOGGED_IN. */
  logout(session: SessionHandle): Promise<void>;
  /** Ends a login with its connection; the audit log records no logout. Refuses with NOT_LOGGED_IN. */
  leave(session: SessionHandle): Promise<void>;
}

/**
 * Managing users. All but `list` and `find` refuse with NOT_LOGGED_IN and NOT_AUTHORISED; `create`, `delete` and
 * `changePassword` of another user also with an MXN code, once USER_MGMT requires several officers. A second factor is
 * refused with SECOND_FACTOR_OFFICERS, SECOND_FACTOR_WRONG or a PUBLIC_KEY code.
 */
export interface Users {
  /** Returns all users by id. No login required. */
  list(): Promise<readonly UserSummary[]>;
  /** Returns the user with a name; case does not matter. No login required. Refuses with USER_NOT_FOUND. */
  find(name: string): Promise<UserDetails>;
  /**
   * Returns the hash of all users, or of the one with a name: 64 hex digits, equal on two HSMs of a cluster exactly if
   * they are in step there. Refuses with USER_NOT_FOUND.
   */
  hash(session: SessionHandle, name?: string): Promise<string>;
  /** Creates a user. Refuses with UNKNOWN_USER_TYPE, INVALID_INPUT, PASSWORD_LENGTH, USER_EXISTS or USER_LIMIT. */
  create(session: SessionHandle, credentials: Credentials, factor?: SecondFactor): Promise<UserSummary>;
  /**
   * Sets a password and unlocks the user; a PRECO becomes a CO. `factor` replaces the public key and second factor;
   * without it, both are removed. Refuses with UNKNOWN_USER_TYPE, USER_NOT_FOUND, PASSWORD_LENGTH or USER_LOGGED_IN.
   */
  changePassword(session: SessionHandle, credentials: Credentials, factor?: SecondFactor): Promise<UserSummary>;
  /**
   * Deletes a user, and returns a sealed copy to undo it. Refuses with USER_NOT_FOUND, USER_LOGGED_IN (also for
   * oneself) or USER_OWNS_KEYS.
   */
  delete(session: SessionHandle, user: UserReference): Promise<MaskedObject>;
  /** Switches what a crypto user may do. Refuses with USER_NOT_FOUND or INVALID_USER_TYPE. */
  setSwitches(session: SessionHandle, name: string, changes: SwitchChanges): Promise<void>;
  /**
   * Lets a crypto user log in again whom wrong passwords have locked; the password stays. Refuses with USER_NOT_FOUND,
   * INVALID_USER_TYPE or USER_NOT_LOCKED.
   */
  unlock(session: SessionHandle, name: string): Promise<void>;
  /** Returns a sealed copy of a user. Refuses with USER_NOT_FOUND. */
  extract(session: SessionHandle, userId: number): Promise<MaskedObject>;
  /**
   * Adds a user that another HSM sealed, or replaces the same user (id, type and name). Requires approval as `create`
   * does, except for the user that this login deleted last. Refuses with MASKED_OBJECT_FOREIGN, MASKED_OBJECT_DAMAGED,
   * INVALID_USER_TYPE, OBJECT_CONFLICT, USER_LOGGED_IN, USER_LIMIT or an MXN code.
   */
  insert(session: SessionHandle, masked: MaskedObject): Promise<UserSummary>;
}

/** The hardware that an HSM simulates, and what it holds. */
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

/** What an HSM holds, and how much it has room for. */
interface PartitionInformation {
  readonly users: number;
  readonly maxUsers: number;
  /** In bytes. */
  readonly passwordLength: { readonly minimum: number; readonly maximum: number };
  readonly tokenKeys: number;
  /** Session keys of this shell's login. */
  readonly sessionKeys: number;
  readonly maxKeys: number;
  readonly sessions: number;
  /** How many officers the operations of each service require; 1 means no quorum. */
  readonly minimums: Readonly<Record<QuorumService, number>>;
}
