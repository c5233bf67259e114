import { ProgramError } from "../errors/program-error.ts";

/** What a command cannot be about, said before any HSM is asked. */
export class Refused extends ProgramError {
  override readonly name = "Refused";
  override readonly fault = "user";
  /** Whether the name of the command stands before the message, as before that of a usage error. */
  readonly namesCommand: boolean;

  constructor(message: string, { namesCommand }: { readonly namesCommand: boolean }) {
    super(message);
    this.namesCommand = namesCommand;
  }
}
