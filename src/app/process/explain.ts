import { type Fault, ProgramError } from "../../errors/program-error.ts";
import { oneLine } from "../../text/json.ts";
import { complain, tell } from "./standard-error.ts";
import { trace } from "./trace.ts";

/** How a session and its end are told of: in words, or in JSON (docs/json.md). */
export type Form = "text" | "json";

/** Says what ended the process, and returns the exit status for it: 2 for what the user gave, 1 for all else. */
export function explain(error: unknown, form: Form = "text"): number {
  trace(error);
  const message = messageOf(error);
  const fault = error instanceof ProgramError ? error.fault : "program";
  const status = fault === "user" ? 2 : 1;
  if (form === "json") tell(endInJson(fault, message, status));
  else if (fault === "program") complain(`unexpected error: ${message}`);
  else {
    const say = error instanceof ProgramError && error.isOriginal ? tell : complain;
    for (const line of message.split("\n")) say(line);
  }
  return status;
}

/** What happened, and what mends it. */
function messageOf(error: unknown): string {
  if (error instanceof ProgramError && error.advice !== undefined) return `${error.message}: ${error.advice}`;
  return error instanceof Error ? error.message : String(error);
}

/** Says that somebody ended the process before its first prompt. */
export function explainInterruption(message: string, status: number, form: Form): void {
  if (form === "json") tell(endInJson("interruption", message, status));
  else complain(message);
}

/** What ended the process before its session could: whose fault it is, in words, and the exit status (docs/json.md). */
export function endInJson(fault: Fault | "program" | "interruption", message: string, status: number): string {
  return oneLine({ error: { fault, message }, status });
}
