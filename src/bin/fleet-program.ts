import { speakAs } from "../app/process/standard-error.ts";
import { printAnswer } from "./command-line-answer.ts";
import { parseFleetCommandLine } from "./fleet/command-line.ts";

/** Runs the fleet's program with the words of its command line, and returns the exit status. */
export async function run(words: readonly string[]): Promise<number> {
  speakAs("cloudhsm-sim");
  const asked = parseFleetCommandLine(words);
  return typeof asked === "function" ? asked() : printAnswer(asked);
}
