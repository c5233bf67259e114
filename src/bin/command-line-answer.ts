import { type Form, endInJson } from "../app/process/explain.ts";
import { tell } from "../app/process/standard-error.ts";
import { toOutput } from "../app/process/to-output.ts";

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
  return toOutput(({ writer }) => {
    writer.write(`${text}\n`);
    return Promise.resolve(status);
  });
}
