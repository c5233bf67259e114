import { complain } from "./standard-error.ts";

/**
 * Reports output that cannot be written, and returns the exit status. Nobody reading any more is not an error: it is
 * not reported, and the status is 141, as after SIGPIPE. A full disk and the like is 1.
 */
export function lostOutput(error: NodeJS.ErrnoException, isTerminal: boolean): number {
  if (error.code === "EPIPE" || isTerminal) return 141;
  complain(`output cannot be written: ${error.message}`);
  return 1;
}
