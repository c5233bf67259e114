import { Command, CommanderError } from "commander";
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
