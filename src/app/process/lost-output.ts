import { complain } from "./standard-error.ts";

/**
 * Says why output cannot be written, and returns the exit status for it: 141, as SIGPIPE leaves it, where nobody reads
 * any more, which is no mistake and not told of; 1 for a full disk and its like.
 */
export function lostOutput(error: NodeJS.ErrnoException, isTerminal: boolean): number {
  if (error.code === "EPIPE" || isTerminal) return 141;
  complain(`output cannot be written: ${error.message}`);
  return 1;
}
