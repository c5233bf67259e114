import { ProgramError } from "../../errors/program-error.ts";

/** An address at which no home can be: what is wrong with it, and what fixes it. */
export class PlaceError extends ProgramError {
  override readonly name = "PlaceError";
  override readonly fault = "user";
}
