import type { Command, Mode } from "../commands/command.ts";
import { hiddenPassword } from "../commands/parameters.ts";
import { limits } from "../hsm/limits.ts";
import { parseUserType } from "../hsm/users/user.ts";
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

/** A line with a password that failed, as it may be remembered. */
export interface LineWithoutPassword {
  /** Up to the password, which is typed anew there; where words follow it, it is asked for without echo. */
  readonly line: string;
  /** The word in the place of the name: only where it names a user has it not changed places with the password. */
  readonly name: string;
}

/**
 * What may be remembered of a line with a password that failed. Undefined where the words may have changed places, so that
 * what seems to be a type or a name may be the password.
 */
export function withoutPassword(
  commands: readonly Command[],
  mode: Mode,
  line: string,
): LineWithoutPassword | undefined {
  const [word, ...words] = splitWords(line);
  if (word === undefined || nameSecretCommand(commands, words)) return undefined;
  const found = resolve(commands, mode, word);
  const masked = found.kind === "problem" ? undefined : found.command.masked(words, mask);
  const at = masked?.indexOf(mask) ?? -1;
  const [type = "", name] = words;
  // A name that is hidden, too, is the password.
  if (masked === undefined || at < 2 || name === undefined || parseUserType(type) === undefined) return undefined;
  if ((words[at]?.length ?? 0) < limits.passwordLength.minimum) return undefined;
  const [before, behind] = [words.slice(0, at), words.slice(at + 1)];
  if (behind.length === 0) return { line: `${[word, ...before].join(" ")} `, name };
  return { line: [word, ...before, hiddenPassword, ...behind].join(" "), name };
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
  // A single word, as in `help loginHSM`, has no password behind it.
  if (words.length < 2) return false;
  const beginnings = words.filter(({ length }) => length >= shortestBeginning).map((word) => word.toLowerCase());
  return commands.some(({ takesSecret, name }) => {
    const lower = name.toLowerCase();
    return takesSecret && beginnings.some((beginning) => lower.startsWith(beginning));
  });
}
