import type { SessionHandle, UserReference } from "./hsm.ts";
import type { QuorumService } from "./quorum-service.ts";

/** A public key with proof of possession: a signature over a token of at most 245 bytes. */
export interface KeyRegistration {
  readonly token: Uint8Array;
  readonly signature: Uint8Array;
  /** In PEM. */
  readonly publicKey: string;
}

/** How many officers the operations of a service require; 1 means no quorum. */
export interface QuorumMinimum {
  readonly service: QuorumService;
  readonly minimum: number;
}

/**
 * Whose signatures count, and how many an operation requires (AWS CloudHSM User Guide, "quorum-authentication"). Services
 * are named by their numbers, as typed. Everything refuses with NOT_LOGGED_IN and NOT_AUTHORISED, and with UNKNOWN_SERVICE.
 */
export interface Quorum {
  /**
   * Registers an officer's key; another officer's needs approval once USER_MGMT requires several officers. Refuses with
   * USER_NOT_FOUND, REGISTRATION_TOKEN_LENGTH, REGISTRATION_SIGNATURE, SECOND_FACTOR_KEY, a PUBLIC_KEY
   * or an MXN code.
   */
  registerKey(session: SessionHandle, user: UserReference, registration: KeyRegistration): Promise<void>;
  /** Returns how many officers the operations of a service require now. */
  minimum(session: SessionHandle, service: number): Promise<QuorumMinimum>;
  /**
   * Sets how many officers a service requires; needs the approval that MISC_CO requires. Refuses with M_VALUE_RANGE,
   * M_VALUE_OFFICERS, an MXN code, or M_VALUE_ORDER where MISC_CO requires fewer officers than the service does now.
   */
  setMinimum(session: SessionHandle, service: number, minimum: number): Promise<void>;
}

/** A token as it was issued. */
export interface QuorumToken {
  readonly id: number;
  readonly service: QuorumService;
  readonly userName: string;
  /** Its line in the file that officers sign. */
  readonly text: string;
}

/** An issued token, and its approvals so far. */
export interface TokenSummary extends Omit<QuorumToken, "text"> {
  /** 0 for an expired token. */
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
 * Quorum tokens: each permits one operation of its service once enough officers have approved it. A token belongs to
 * the login that it was issued to, and ends with it. Everything refuses with NOT_LOGGED_IN and NOT_AUTHORISED.
 */
export interface Tokens {
  /** Issues a token. Refuses with UNKNOWN_SERVICE, TOKEN_OF_ANOTHER_USER, TOKEN_LIMIT or TOKEN_SHARE. */
  issue(session: SessionHandle, service: number, userName: string): Promise<QuorumToken>;
  /**
   * Adds all these approvals to the token of this HSM in `file`, or none. Refuses with TOKEN_NOT_IN_FILE,
   * TOKEN_NOT_FOUND, TOKEN_EXPIRED, and, naming the approver, with USER_NOT_FOUND, NO_PUBLIC_KEY, APPROVED_ALREADY,
   * SIGNATURE_MISMATCH or SIGNATURE_OF_ANOTHER_USER.
   */
  approve(session: SessionHandle, file: Uint8Array, approvals: readonly Approval[]): Promise<void>;
  /** Returns the tokens of all logins, by id. */
  list(session: SessionHandle): Promise<readonly TokenSummary[]>;
  /** Deletes a token. Refuses with TOKEN_NOT_FOUND or TOKEN_OF_ANOTHER_LOGIN. */
  delete(session: SessionHandle, id: number): Promise<void>;
}
