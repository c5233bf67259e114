import { type KeyCommandLine, runKeySession } from "../app/key-shell.ts";
import { dialectOfKeyProgram } from "../app/vendor.ts";
import { leaveTerminals } from "../terminal/terminal.ts";
import { type CommandLineAnswer, printAnswer } from "./command-line-answer.ts";

/**
 * Runs the key utility with the words of its command line, and returns the exit status.
 *
 * @param afterSession called when a session with a login has ended well: its course is that of most starts
 */
export async function run(words: readonly string[], afterSession: () => void): Promise<number> {
  leaveTerminals();
  const commandLine = await readCommandLine(words);
  if ("status" in commandLine) return printAnswer(commandLine);
  const called = dialectOfKeyProgram(process.argv[1] ?? "");
  const { status, hadLogin } = await runKeySession({ ...commandLine, dialect: commandLine.dialect ?? called });
  if (status === 0 && hadLogin) afterSession();
  return status;
}

/** Reads the command line. Loads commander only where there are options. */
async function readCommandLine(words: readonly string[]): Promise<KeyCommandLine | CommandLineAnswer> {
  const [first, ...others] = words;
  if (first === undefined || first === "singlecmd") {
    return { config: undefined, home: undefined, dialect: undefined, single: first === undefined ? undefined : others };
  }
  const { parseKeyCommandLine } = await import("./key-command-line.ts");
  return parseKeyCommandLine(words);
}
