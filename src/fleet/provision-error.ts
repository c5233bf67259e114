import { ProgramError } from "../errors/program-error.ts";
/**
 * A plan that does not fit what exists: what is wrong, and what mends it. Apart from what throws it, which no start on
 * existing HSMs loads.
 */
export class ProvisionError extends ProgramError {
  override readonly name = "ProvisionError";
  override readonly fault = "user";
}
