import { isatty } from "node:tty";
import type { Purpose } from "../../terminal/line-reader.ts";
import { openReader } from "../../terminal/open-reader.ts";
import { openNothing, openStandardError } from "../../terminal/standard-output.ts";
import { Terminal } from "../../terminal/terminal.ts";
import { Writer } from "../../terminal/writer.ts";

/** Standard input, from which an answer may come. */
const source = { commands: [], file: undefined };

/**
 * Asks for a password: hidden at a terminal; elsewhere it is the first line of standard input, and nothing is said.
 * Returns undefined where nobody gave any, or `signal` aborted before.
 */
export function askPassword(prompt: string, signal: AbortSignal): Promise<string | undefined> {
  return askLine(prompt, "password", signal);
}

/** Asks in the same way for a line, which is shown at a terminal where it is no password. */
export async function askLine(prompt: string, purpose: Purpose, signal: AbortSignal): Promise<string | undefined> {
  const terminal = isatty(0) ? Terminal.take() : undefined;
  const destination = isatty(0) && isatty(2) ? openStandardError() : openNothing();
  const writer = new Writer(destination, () => undefined);
  const memory = { history: () => [], complete: (): Promise<[string[], string]> => Promise.resolve([[], ""]) };
  const reader = await openReader(source, terminal, writer, memory, () => Promise.resolve());
  const hangUp = (): void => {
    reader.hangUp();
  };
  signal.addEventListener("abort", hangUp);
  try {
    const answer = await reader.read(prompt, purpose);
    await writer.written();
    return answer.kind === "line" && !signal.aborted ? answer.text : undefined;
  } finally {
    signal.removeEventListener("abort", hangUp);
    reader.close();
  }
}
