import { ProgramError } from "../errors/program-error.ts";

/** What a command cannot be about, said before any HSM is asked. */
export class Refused extends ProgramError {
  override readonly name = "Refused";
  override readonly fault = "user";
  /** Whether the message follows the name of the command, as for a usage error. */
  readonly namesCommand: boolean;
  /** A line of ours that helps on: usage, a proposal. */
  readonly hint: string | undefined;

  constructor(
    message: string,
    { namesCommand, hint }: { readonly namesCommand: boolean; readonly hint?: string | undefined },
  ) {
    super(message);
    this.namesCommand = namesCommand;
    this.hint = hint;
  }
}
