import { lostOutput } from "../app/process/lost-output.ts";
import { type Form, endInJson } from "../app/process/explain.ts";
import { tell } from "../app/process/standard-error.ts";
import { openStandardOutput } from "../terminal/standard-output.ts";
import { Writer } from "../terminal/writer.ts";

/** What the command line alone leads to: help or the version with status 0, or what is wrong with it. */
export interface CommandLineAnswer {
  readonly status: 0 | 2;
  readonly text: string;
}

/**
 * Writes the answer, and returns the exit status: another one where it was asked for and cannot be written.
 *
 * @param form how what is wrong is told of
 */
export async function printAnswer({ status, text }: CommandLineAnswer, form: Form = "text"): Promise<number> {
  if (status !== 0) {
    tell(form === "json" ? endInJson("user", text, status) : text);
    return status;
  }
  let lost: number | undefined;
  const output = openStandardOutput();
  const writer = new Writer(output, (error) => (lost = lostOutput(error, output.isTerminal)));
  writer.write(`${text}\n`);
  await writer.written();
  return lost ?? status;
}
