import { openStandardOutput } from "../terminal/standard-output.ts";
import { Writer } from "../terminal/writer.ts";
import { explain } from "./process/explain.ts";
import { lostOutput } from "./process/lost-output.ts";

/** Where a subcommand of the fleet's program writes. */
export interface FleetOutput {
  readonly writer: Writer;
  readonly isTerminal: boolean;
  /** Whether nobody takes what is written any more. */
  readonly isLost: () => boolean;
}

/** Runs a subcommand, and returns the exit status: its own, or that of an output which cannot be written. */
export async function toOutput(work: (output: FleetOutput) => Promise<number>): Promise<number> {
  // What SQLite keeps beside an HSM's file is for its owner only.
  process.umask(0o077);
  let lost: number | undefined;
  const output = openStandardOutput();
  const { isTerminal } = output;
  const writer = new Writer(output, (error) => (lost = lostOutput(error, isTerminal)));
  const status = await work({ writer, isTerminal, isLost: () => lost !== undefined }).catch(explain);
  await writer.written();
  return lost ?? status;
}
