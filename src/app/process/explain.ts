import { ProgramError } from "../../errors/program-error.ts";
import { complain, tell } from "./standard-error.ts";
import { trace } from "./trace.ts";

/** Says what ended the process, and returns the exit status for it: 2 for what the user gave, 1 for all else. */
export function explain(error: unknown): number {
  trace(error);
  if (!(error instanceof ProgramError)) {
    complain(`unexpected error: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
  const say = error.isOriginal ? tell : complain;
  for (const line of error.message.split("\n")) say(line);
  return error.fault === "user" ? 2 : 1;
}
