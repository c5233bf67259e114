import { Cancelled } from "../command/cancelled.ts";
import type { Output } from "../command/command.ts";
import { Refused } from "../command/refused.ts";
import type { Dialect } from "../command/wording.ts";
import { ProgramError } from "../errors/program-error.ts";

/** Whom an early end is told to. */
interface Listeners {
  readonly dialect: Dialect;
  readonly output: Output;
  readonly trace: (error: unknown) => void;
}

/** Says what kept a command from going on: an answer, its own words, an HSM, or a fault; never a stack. */
export function tellEnd(command: string, error: unknown, { dialect, output, trace }: Listeners): void {
  if (error instanceof Cancelled) tellCancelled(command, error, output);
  else if (error instanceof Refused) output.print(error.namesCommand ? `${command}: ${error.message}` : error.message);
  else {
    trace(error);
    output.print(dialect.failed(command, messageOf(error)));
  }
}

/** Says that a command was stopped, how far it had come, and which answer was missing. */
function tellCancelled(command: string, { missing, extent }: Cancelled, output: Output): void {
  output.print(`${command} cancelled`);
  if (extent !== undefined) output.hint(extent);
  if (missing !== undefined) output.hint(`Input ended where an answer was wanted: add ${missing}.`);
}

function messageOf(error: unknown): string {
  if (error instanceof ProgramError) return error.message;
  return `unexpected error: ${error instanceof Error ? error.message : String(error)}`;
}
