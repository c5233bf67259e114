import type { Command, Mode } from "../commands/command.ts";
import { resolve } from "./resolve.ts";
import { splitWords } from "./words.ts";

/** What stands for a word that must not be shown. */
const mask = "***";

/** Shorter beginnings of a command are words like any other. */
const shortestBeginning = 4;

/**
 * Whether a line may be remembered. One that fails is, to be mended; but nobody knows where the secrets stand in one
 * that does not fit its command, or names another one.
 */
export function isMemorable(commands: readonly Command[], command: Command, words: readonly string[]): boolean {
  return command.masked(words, mask)?.includes(mask) === false && !nameSecretCommand(commands, words);
}

/** A line for logs: of a command that fits, all but its secrets; of all others, the command at most. */
export function withoutSecrets(commands: readonly Command[], mode: Mode, line: string): string {
  const [word, ...words] = splitWords(line);
  if (word === undefined) return "";
  const found = resolve(commands, mode, word);
  if (found.kind === "problem") return mask;
  const hidden = nameSecretCommand(commands, words) ? undefined : found.command.masked(words, mask);
  return [word, ...(hidden ?? words.map(() => mask))].join(" ");
}

/** Whether one of the words names a command that takes a password: a line like `server 0 loginHSM CO admin ...`. */
function nameSecretCommand(commands: readonly Command[], words: readonly string[]): boolean {
  const names = commands.filter(({ takesSecret }) => takesSecret).map(({ name }) => name.toLowerCase());
  // A single word, as in `help loginHSM`, has no password behind it.
  if (words.length < 2) return false;
  return words.some(
    (word) => word.length >= shortestBeginning && names.some((name) => name.startsWith(word.toLowerCase())),
  );
}
