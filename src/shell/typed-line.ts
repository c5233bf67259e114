import type { Command, Reading } from "../command/command.ts";
import { type Resolution, resolve } from "./resolve.ts";
import { splitWords } from "./split-words.ts";

/** Shorter beginnings of a command are words like any other. */
const shortestBeginning = 4;

/** A line with a command, read once: to be shown, remembered and carried out. */
export interface TypedLine<M extends string = string> {
  readonly text: string;
  /** The word for the command. */
  readonly name: string;
  /** The words after it. */
  readonly words: readonly string[];
  readonly found: Resolution<M>;
  /** What the words are to the command that was found, of this mode or the other one. */
  readonly reading: Reading | undefined;
  /** Whether one of the words names a command that takes a password: a line like `server 0 loginHSM CO admin ...`. */
  readonly namesSecretCommand: boolean;
}

/** Reads a line; undefined where it is blank. */
export function typedLine<M extends string>(
  commands: readonly Command<M>[],
  mode: M,
  text: string,
): TypedLine<M> | undefined {
  const [name, ...words] = splitWords(text);
  return name === undefined ? undefined : lineOf(commands, mode, text, name, words);
}

/** The same line as it is carried out: `<command> -h` is `help <command>`. */
export function helpFirst<M extends string>(
  commands: readonly Command<M>[],
  mode: M,
  line: TypedLine<M>,
): TypedLine<M> {
  const [option, ...others] = line.words;
  return option === "-h" && others.length === 0 ? lineOf(commands, mode, line.text, "help", [line.name]) : line;
}

function lineOf<M extends string>(
  commands: readonly Command<M>[],
  mode: M,
  text: string,
  name: string,
  words: readonly string[],
): TypedLine<M> {
  const found = resolve(commands, mode, name);
  const reading = found.kind === "problem" ? undefined : found.command.read(words);
  return { text, name, words, found, reading, namesSecretCommand: nameSecretCommand(commands, words) };
}

/** Whether one of the words names a command that takes a password: a line like `server 0 loginHSM CO admin ...`. */
function nameSecretCommand(commands: readonly Command[], words: readonly string[]): boolean {
  // A single word, as in `help loginHSM`, has no password after it.
  if (words.length < 2) return false;
  const beginnings = words.filter(({ length }) => length >= shortestBeginning).map((word) => word.toLowerCase());
  return commands.some(({ takesSecret, name }) => {
    const lower = name.toLowerCase();
    return takesSecret && beginnings.some((beginning) => lower.startsWith(beginning));
  });
}
