#!/usr/bin/env node
import type { CommandLine } from "./command-line.ts";
import { type CommandLineAnswer, printAnswer } from "./command-line-answer.ts";
import { runSession } from "./session.ts";
import { leaveTerminals } from "./shell/terminal.ts";

/** What a command line without options asks for. */
const plain: CommandLine = {
  config: undefined,
  home: undefined,
  commands: [],
  file: undefined,
  bail: false,
  echo: false,
  summary: false,
  yes: false,
  color: true,
};

/** Only options are worth the time that loading their parser takes: most calls name a configuration and no more. */
async function readCommandLine(words: readonly string[]): Promise<CommandLine | CommandLineAnswer> {
  const [config, ...others] = words;
  if (others.length === 0 && config?.startsWith("-") !== true) return { ...plain, config };
  const { parseCommandLine } = await import("./command-line.ts");
  return parseCommandLine(words);
}

leaveTerminals();
const commandLine = await readCommandLine(process.argv.slice(2));
process.exitCode = "status" in commandLine ? await printAnswer(commandLine) : await runSession(commandLine);
