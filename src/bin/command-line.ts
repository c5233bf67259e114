import { Option } from "commander";
import { type DialectName, dialectNames } from "../config/dialect-name.ts";
import { bundledNames } from "../config/bundled-names.ts";
import { homeWords } from "./home-words.ts";
import type { CommandLine } from "../app/command-line.ts";
import type { CommandLineAnswer } from "./command-line-answer.ts";
import { type Parser, parserOf } from "./parser.ts";
import { version } from "./version.ts";

interface Options {
  readonly home?: string;
  readonly dialect?: DialectName;
  readonly command?: readonly string[];
  readonly file?: string;
  readonly output: CommandLine["output"];
  readonly bail?: true;
  readonly echo?: true;
  readonly summary?: true;
  readonly yes?: true;
  readonly onFailure?: (typeof failureAnswers)[number];
  readonly fresh?: true;
  readonly color: boolean;
  readonly hints: boolean;
}

const failureAnswers = ["retry", "ignore", "abort", "rollback"] as const satisfies readonly CommandLine["onFailure"][];

const description =
  "A simulator of AWS CloudHSM's cloudhsm_mgmt_util: the aws-cloudhsm> shell over HSMs that live in files on this " +
  "machine. Not made by AWS; not for real keys or passwords.";

/** What help says after the options. */
export const afterHelp = `
Lines are read from a terminal, from a pipe, from --file, or from --command;
type help at the prompt. With --command, answers to questions are further
--command lines, and passwords that -hpswd asks for come from standard input.
Every user of the machine can read a password on a --command line, in the list
of processes: use -hpswd. A line that begins with # is a comment.

--fresh asks before it deletes anything; where lines are not typed, it needs
--yes. HSMs of other configurations are kept, and so is the history.

Exit status:
  0      the end of a session
  1      a server cannot be reached at the start, or a command fails with --bail
  2      the command line, the configuration or the script is wrong
  128+N  signal N ended the session`;

/** Declares the command line of the shell. */
export function declareShell(): Parser {
  const parser = parserOf("cloudhsm_mgmt_util");
  parser.command
    .description(description)
    .version(`cloudhsm_mgmt_util ${version()} (a simulator, not the AWS tool)`, "--version", "print the version")
    .argument(
      "[config]",
      `a cluster's YAML file, a cloudhsm_mgmt_util.cfg, or one that is included: ${bundledNames.join(", ")}`,
    )
    .option("--home <place>", `where the simulated HSMs are: ${homeWords}`)
    .addOption(
      new Option(
        "--dialect <vendor>",
        "whose shell it is (default: what the configuration or the name of the program says, else aws)",
      ).choices(dialectNames),
    )
    .addOption(
      new Option("-c, --command <line>", "run this line instead of standard input (repeatable)")
        .argParser((line: string, before: readonly string[] | undefined) => [...(before ?? []), line])
        .conflicts("file"),
    )
    .option("-f, --file <script>", "read lines from this file; - is standard input")
    .addOption(
      new Option("--output <form>", "text, as the original prints it, or one JSON object for each line (docs/json.md)")
        .choices(["text", "json"])
        .default("text"),
    )
    .option("--bail", "end with status 1 at the first command that fails")
    .option("--fresh", "start over: delete the HSMs of the configuration, and create them anew")
    .option("--yes", "answer y to every y/n, without asking")
    .addOption(
      new Option(
        "--on-failure <answer>",
        "answer R/I/A and R/B/I, without asking; retry tries each server at most three more times",
      ).choices(failureAnswers),
    )
    .option("--echo", "show each line that is read, without its passwords")
    .option("--summary", "list what failed on standard error at the end")
    .option("--no-color", "never use colours")
    .option("--no-hints", "at a terminal, never show a hint after a refusal")
    .addHelpText("after", afterHelp);
  return parser;
}

/** Reads the words of the command line; returns help, the version or what is wrong where there is no session to run. */
export function parseCommandLine(words: readonly string[]): CommandLine | CommandLineAnswer {
  const { command: program, parse } = declareShell();
  const answer = parse(words);
  if (answer !== undefined) return answer;
  const options = program.opts<Options>();
  return {
    config: program.args[0],
    home: options.home,
    dialect: options.dialect,
    commands: options.command ?? [],
    file: options.file === "-" ? undefined : options.file,
    output: options.output,
    bail: options.bail === true,
    echo: options.echo === true,
    summary: options.summary === true,
    yes: options.yes === true,
    onFailure: options.onFailure,
    fresh: options.fresh === true,
    color: options.color,
    hints: options.hints,
  };
}
