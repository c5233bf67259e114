import { ProgramError } from "../errors/program-error.ts";
/**
 * A plan that does not fit what exists: what is wrong, and what fixes it. Separate from what throws it, which a start
 * on existing HSMs does not load.
 */
export class ProvisionError extends ProgramError {
  override readonly name = "ProvisionError";
  override readonly fault = "user";
}
