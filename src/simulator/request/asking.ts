import type { AuditedUser } from "../records/audit-log.ts";
import type { SessionHandle } from "../../hsm/hsm.ts";
import type { RequestName, requests } from "../../hsm/requests.ts";
import type { UserRecord } from "../records/records.ts";

/** The session of those who ask for what takes no login. */
export const nobody: SessionHandle = 0;

/** The logged-in user of a request. */
export interface Caller {
  readonly session: SessionHandle;
  readonly id: number;
  readonly user: UserRecord;
}

/** Who asks for a request of that name: nobody in particular where it takes no login. */
export type CallerOf<Name extends RequestName> = (typeof requests)[Name]["right"] extends "none" ? undefined : Caller;

/** Whom or what a request is about. */
export interface Subject {
  readonly user?: AuditedUser;
  /** The handle of a key. */
  readonly key?: number;
  /** The handle of the other half of a pair. */
  readonly publicKey?: number;
}

/** One asking for a request: in which session, and about whom, as far as is known before it is carried out. */
export interface Asking extends Subject {
  readonly session: SessionHandle;
}
