import { constants } from "node:os";
import { openStandardOutput } from "../../terminal/standard-output.ts";
import { Writer } from "../../terminal/writer.ts";
import { explain } from "./explain.ts";
import { HangUp } from "./hang-up.ts";
import { lostOutput } from "./lost-output.ts";

/** What has what goes on until somebody ends it. */
export interface Endless {
  /** Standard output. */
  readonly writer: Writer;
  /** Aborts when it is to end. */
  readonly signal: AbortSignal;
  /** How long its requests wait for other processes. */
  readonly patience: () => boolean;
}

const interrupted = 128 + constants.signals.SIGINT;

/**
 * Runs what goes on until somebody ends it, and returns the exit status. Ctrl-C is how it is meant to end: the status is
 * then that of the work. Another signal, and output that nobody reads, have their own.
 */
export async function untilEnded(work: (endless: Endless) => Promise<number>): Promise<number> {
  process.umask(0o077);
  const hangUp = new HangUp();
  const output = openStandardOutput();
  const writer = new Writer(output, (error) => {
    hangUp.happen(lostOutput(error, output.isTerminal));
  });
  const { signal, patience } = hangUp;
  const status = await work({ writer, signal, patience }).catch(explain);
  if (hangUp.status !== undefined) hangUp.insist();
  await writer.written();
  return hangUp.status === undefined || hangUp.status === interrupted ? status : hangUp.status;
}
