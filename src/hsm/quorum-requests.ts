import type { SessionHandle, UserReference } from "./hsm.ts";
import type { QuorumService } from "./quorum-service.ts";

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

/** A token that was issued, and how far its approval has come. */
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
