import { ProgramError } from "../errors/program-error.ts";

/** What cannot be done with the fleet as it is: there is no such thing, or it is in no state for that. */
export class FleetError extends ProgramError {
  override readonly name = "FleetError";
  override readonly fault = "system";
}
