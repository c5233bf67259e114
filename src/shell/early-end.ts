import { Cancelled } from "../command/cancelled.ts";
import { Refused } from "../command/refused.ts";
import type { Dialect } from "../command/wording.ts";
import { ProgramError } from "../errors/program-error.ts";

/** What is printed about a command that did not go on: the original's lines, then ours. */
export interface EarlyEnd {
  readonly lines: readonly string[];
  readonly hints: readonly string[];
}

/** Words why a command did not go on: an answer, its own words, an HSM or a fault; never a stack. */
export function earlyEnd(command: string, ended: unknown, dialect: Dialect): EarlyEnd {
  if (ended instanceof Cancelled) return { lines: [dialect.cancelled(command)], hints: hintsOf(ended, dialect) };
  if (ended instanceof Refused) {
    const line = ended.namesCommand ? `${command}: ${ended.message}` : ended.message;
    return { lines: [line], hints: ended.hint === undefined ? [] : [ended.hint] };
  }
  return { lines: [dialect.failed(command, messageOf(ended, dialect))], hints: [] };
}

/** How far a command had come, and which answer was missing. */
function hintsOf({ extent, missing }: Cancelled, dialect: Dialect): readonly string[] {
  const wanted = missing === undefined ? undefined : dialect.inputEnded(missing);
  return [extent, wanted].filter((hint) => hint !== undefined);
}

/** Whether what ended a command is a fault, whose cause somebody may look for. */
export function isFault(ended: unknown): boolean {
  return ended !== undefined && !(ended instanceof Cancelled) && !(ended instanceof Refused);
}

function messageOf(error: unknown, dialect: Dialect): string {
  if (error instanceof ProgramError) return error.message;
  return dialect.unexpected(error instanceof Error ? error.message : String(error));
}
