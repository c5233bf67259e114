import { ProgramError } from "../../errors/program-error.ts";

/** Words of a command line that are right by themselves, but mean nothing together or here. */
export class WordsError extends ProgramError {
  override readonly name = "WordsError";
  override readonly fault = "user";
}
