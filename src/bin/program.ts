import type { CommandLine } from "../app/command-line.ts";
import { type CommandLineAnswer, printAnswer } from "./command-line-answer.ts";
import { dialectOfProgram } from "../app/vendor.ts";
import { runSession } from "../app/management-shell.ts";
import { leaveTerminals } from "../terminal/terminal.ts";

/** What a command line without options asks for. */
const plain: CommandLine = {
  config: undefined,
  home: undefined,
  dialect: undefined,
  commands: [],
  file: undefined,
  output: "text",
  bail: false,
  echo: false,
  summary: false,
  yes: false,
  onFailure: undefined,
  fresh: false,
  color: true,
  hints: true,
};

/**
 * Runs the program with the words of its command line, and returns the exit status.
 *
 * @param afterSession called when a session has ended well: its course is that of most starts
 */
export async function run(words: readonly string[], afterSession: () => void): Promise<number> {
  leaveTerminals();
  const read = await readCommandLine(words);
  const called = dialectOfProgram(process.argv[1] ?? "");
  const commandLine = "status" in read ? read : { ...read, dialect: read.dialect ?? called };
  if ("status" in commandLine) return printAnswer(commandLine, formOf(words));
  const status = await runSession(commandLine);
  if (status === 0) afterSession();
  return status;
}

/** How whoever gave a command line that does not fit wants to be told so. */
function formOf(words: readonly string[]): CommandLine["output"] {
  const isJson = words.some(
    (word, at) => word === "--output=json" || (word === "--output" && words[at + 1] === "json"),
  );
  return isJson ? "json" : "text";
}

/** Reads the command line. Loads commander only when there are options: most starts just name a configuration. */
async function readCommandLine(words: readonly string[]): Promise<CommandLine | CommandLineAnswer> {
  const [config, ...others] = words;
  if (others.length === 0 && config?.startsWith("-") !== true) return { ...plain, config };
  const { parseCommandLine } = await import("./command-line.ts");
  return parseCommandLine(words);
}
