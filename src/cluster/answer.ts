import type { Hsm, SessionHandle } from "../hsm/hsm.ts";
import type { HsmError } from "../hsm/return-code.ts";
import type { Server } from "./server.ts";

/** What is asked of one HSM, with the session of this shell's login there. */
export type Request<T> = (hsm: Hsm, session: SessionHandle) => Promise<T>;

/** A server that did what it was asked, with what it returned. */
export interface Done<T> {
  readonly server: Server;
  readonly outcome: "done";
  readonly value: T;
}

/** A server that refused, or could not be asked. */
export interface Failed {
  readonly server: Server;
  readonly outcome: "failed";
  readonly error: HsmError;
}

/** What a server answered to a request. It is a value: words come later. */
export type Answer<T> = Done<T> | Failed;

/** Whether a server did what it was asked. */
export function isDone<T>(answer: Answer<T>): answer is Done<T> {
  return answer.outcome === "done";
}
