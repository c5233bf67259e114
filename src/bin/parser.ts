import { Command, CommanderError, InvalidArgumentError } from "commander";
import type { CommandLineAnswer } from "./command-line-answer.ts";

/** What reads the words of a program's command line, as all of ours are read. */
export interface Parser {
  /** Takes the arguments, options and commands of the program. */
  readonly command: Command;
  /** Reads the words; returns what is printed in place of all else: help, the version, or what is wrong. */
  readonly parse: (words: readonly string[]) => CommandLineAnswer | undefined;
}

/** Makes a parser that prints nothing by itself, and ends no process. */
export function parserOf(program: string): Parser {
  let text = "";
  const collect = (part: string): void => {
    text += part;
  };
  const command = new Command(program)
    .helpOption("-h, --help", "print this help")
    .showHelpAfterError(`(${program} --help shows how to use it)`)
    .configureOutput({
      writeOut: collect,
      writeErr: collect,
      outputError: (problem, write) => {
        write(problem.replace(/^error: /, `${program}: `));
      },
    })
    .exitOverride();
  return {
    command,
    parse: (words) => {
      refuseOptionsAsValues(command);
      try {
        command.parse(words, { from: "user" });
        return undefined;
      } catch (error) {
        if (error instanceof CommanderError) return { status: error.exitCode === 0 ? 0 : 2, text: text.trimEnd() };
        throw error;
      }
    },
  };
}

/** An option that lacks its value takes the next option for it otherwise: `--home --yes` would make a folder of that name. */
function refuseOptionsAsValues(command: Command): void {
  for (const option of command.options) {
    if (!option.required || option.variadic) continue;
    const { parseArg } = option;
    option.argParser((value, before) => {
      if (isOption(command, value)) throw new InvalidArgumentError("It is an option, too: a value is missing.");
      return parseArg === undefined ? value : parseArg(value, before);
    });
  }
  command.commands.forEach(refuseOptionsAsValues);
}

function isOption({ options }: Command, word: string): boolean {
  return word === "-h" || word === "--help" || options.some(({ short, long }) => word === short || word === long);
}
