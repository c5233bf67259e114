#!/usr/bin/env node
import type { CommandLine } from "./command-line.ts";
import { runSession } from "./session.ts";

/** What a command line without options asks for. */
const plain: CommandLine = {
  config: undefined,
  home: undefined,
  commands: [],
  file: undefined,
  bail: false,
  color: true,
};

/** Only options are worth the time that loading their parser takes: most calls name a configuration and no more. */
async function readCommandLine(words: readonly string[]): Promise<CommandLine | { readonly status: number }> {
  const [config, ...others] = words;
  if (others.length === 0 && config?.startsWith("-") !== true) return { ...plain, config };
  const { parseCommandLine } = await import("./command-line.ts");
  return parseCommandLine(words);
}

const commandLine = await readCommandLine(process.argv.slice(2));
process.exitCode = "status" in commandLine ? commandLine.status : await runSession(commandLine);
