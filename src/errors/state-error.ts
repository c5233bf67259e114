import { ProgramError } from "./program-error.ts";

/** What is asked does not fit what there is, such as an HSM at an address that is taken: what is so, and what fixes it. */
export class StateError extends ProgramError {
  override readonly name = "StateError";
  override readonly fault = "system";
}
