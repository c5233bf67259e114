import { speakAs } from "../app/process/standard-error.ts";
import { printAnswer } from "./command-line-answer.ts";
import { parseConfigureCommandLine } from "./configure-command-line.ts";

/** Runs the original's `configure` with the words of its command line, and returns the exit status. */
export async function run(words: readonly string[]): Promise<number> {
  speakAs("configure");
  const asked = parseConfigureCommandLine(words);
  if ("status" in asked) return printAnswer(asked);
  const { configure } = await import("../app/configure/configure.ts");
  return configure(asked);
}
