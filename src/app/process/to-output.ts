import { openStandardOutput } from "../../terminal/standard-output.ts";
import { Writer } from "../../terminal/writer.ts";
import { explain } from "./explain.ts";
import { lostOutput } from "./lost-output.ts";

/** Where what asks nothing writes: a subcommand, help, a version. */
interface Output {
  readonly writer: Writer;
  /** Whether nobody takes what is written any more. */
  readonly isLost: () => boolean;
}

/** Runs what writes to standard output, and returns the exit status: its own, or that of an output which cannot be written. */
export async function toOutput(work: (output: Output) => Promise<number>): Promise<number> {
  // What SQLite keeps beside an HSM's file is for its owner only.
  process.umask(0o077);
  let lost: number | undefined;
  const output = openStandardOutput();
  const writer = new Writer(output, (error) => (lost = lostOutput(error, output.isTerminal)));
  const status = await work({ writer, isLost: () => lost !== undefined }).catch(explain);
  await writer.written();
  return lost ?? status;
}
