import { ProgramError } from "./program-error.ts";
/** Why a command cannot go on, because of a file for instance: what is wrong, and what fixes it. */
export class CommandError extends ProgramError {
  override readonly name = "CommandError";
  override readonly fault = "user";
}
