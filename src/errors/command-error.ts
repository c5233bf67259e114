import { ProgramError } from "./program-error.ts";
/** What keeps a command from going on, a file for instance: what is wrong, and what mends it. */
export class CommandError extends ProgramError {
  override readonly name = "CommandError";
  override readonly fault = "user";
}
