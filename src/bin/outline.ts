import type { Argument, Command, Option } from "commander";

/** What an option or an argument takes. */
export interface OutlinedValue {
  /** As help shows it: `<file>`, `[id]`. */
  readonly shown: string;
  /** All that it may be; undefined where that is open. */
  readonly choices: readonly string[] | undefined;
  /** What of the file system it names, if anything. */
  readonly names: "file" | "folder" | undefined;
}

/** An option. */
export interface OutlinedOption {
  /** `-f`, `--file` */
  readonly flags: readonly string[];
  readonly description: string;
  /** Undefined where it takes none. */
  readonly value: OutlinedValue | undefined;
}

/** An argument. */
interface OutlinedArgument {
  readonly value: OutlinedValue;
  readonly description: string;
}

/** What a command line is made of, as it was declared: help, completion and manual pages say the same. */
export interface Outline {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly options: readonly OutlinedOption[];
  readonly arguments: readonly OutlinedArgument[];
  readonly commands: readonly Outline[];
}

/** Outlines a declared command, with those below it. */
export function outlineOf(command: Command): Outline {
  return {
    name: command.name(),
    summary: command.summary(),
    description: command.description(),
    options: command.createHelp().visibleOptions(command).map(outlinedOption),
    arguments: command.registeredArguments.map(outlinedArgument),
    commands: command.commands.map(outlineOf),
  };
}

function outlinedOption(option: Option): OutlinedOption {
  const { short, long, description, required, optional, argChoices } = option;
  const shown = /[<[].*/.exec(option.flags)?.[0] ?? "";
  return {
    flags: [short, long].filter((flag) => flag != null),
    description,
    value: required || optional ? { shown, choices: argChoices, names: namedBy(shown) } : undefined,
  };
}

function outlinedArgument(argument: Argument): OutlinedArgument {
  const { required, variadic, description, argChoices } = argument;
  const name = `${argument.name()}${variadic ? "..." : ""}`;
  const shown = required ? `<${name}>` : `[${name}]`;
  return { value: { shown, choices: argChoices, names: namedBy(shown) }, description };
}

function namedBy(shown: string): OutlinedValue["names"] {
  if (/^[<[](?:file|script|config)[>\].]/.test(shown)) return "file";
  return /^[<[]dir[>\].]/.test(shown) ? "folder" : undefined;
}
