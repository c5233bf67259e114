import type { Command } from "../command/command.ts";
import { hiddenPassword } from "../command/parameters.ts";
import { parseUserType } from "../hsm/user.ts";
import { type Resolution, isNear } from "./resolve.ts";
import { splitWords } from "./split-words.ts";
import type { TypedLine } from "./typed-line.ts";

/** Characters: no HSM that this shell knows takes a shorter password. */
const shortestPassword = 7;

/** Shown in place of a word that must not be shown. */
export const mask = "***";

/**
 * Whether a line may be remembered before it is carried out. One that fails is, to be corrected; but nobody knows where
 * the secrets are in one that does not fit its command, or names another one.
 */
export function isMemorable({ found, reading, namesSecretCommand }: TypedLine): boolean {
  return found.kind !== "problem" && !found.command.takesSecret && reading?.kind === "fit" && !namesSecretCommand;
}

/** A line of a command with a password, as it may be remembered once it was carried out. */
export interface LineWithoutPassword {
  /** Up to the password, which is typed anew there; where words follow it, it is asked for without echo. */
  readonly line: string;
  /** The word in the place of the name: only where it names a user has it not changed places with the password. */
  readonly name: string;
  /** Whether it is what was typed, with -hpswd: then it is remembered though it succeeded. */
  readonly isWhole: boolean;
}

/**
 * What may be remembered of a line with a password. Undefined where the words may have changed places, so that
 * what seems to be a type or a name may be the password.
 */
export function withoutPassword(typed: TypedLine): LineWithoutPassword | undefined {
  const { name: word, words } = typed;
  if (typed.namesSecretCommand) return undefined;
  const masked = maskedWords(typed);
  const isWhole = masked?.includes(mask) === false;
  const at = masked?.indexOf(isWhole ? hiddenPassword : mask) ?? -1;
  const [type = "", name] = words;
  // A shell that takes no password on the line has nothing to hide of one that fits.
  const isAskedFor = isWhole && !takesPassword(typed);
  // A name that is hidden, too, is the password.
  if (masked === undefined || (at < 2 && !isAskedFor) || name === undefined || parseUserType(type) === undefined)
    return undefined;
  if (isWhole) return { line: [word, ...words].join(" "), name, isWhole };
  if ((words[at]?.length ?? 0) < shortestPassword) return undefined;
  const [before, behind] = [words.slice(0, at), words.slice(at + 1)];
  if (behind.length === 0) return { line: `${[word, ...before].join(" ")} `, name, isWhole };
  return { line: [word, ...before, hiddenPassword, ...behind].join(" "), name, isWhole };
}

/**
 * A line for logs. Of a command that takes a password only the command, the type of user and the options are shown, since
 * its words may have changed places; of one that does not fit, the command at most.
 */
export function withoutSecrets(commands: readonly Command[], line: TypedLine): string {
  const { found, name, reading, text, words } = line;
  if (isComment(text)) return namesUserOrSecretCommand(commands, text) ? `# ${mask}` : text;
  if (found.kind === "problem") return mask;
  const { command } = found;
  const isLegible = !line.namesSecretCommand && reading?.kind === "fit";
  if (isLegible && !command.takesSecret) return text;
  const options = [hiddenPassword, ...command.parameters.map(({ flag }) => flag)];
  const shown = words.map((each, at) => {
    const isType = at === 0 && parseUserType(each) !== undefined;
    return command.takesSecret && (isType || options.includes(each)) ? each : mask;
  });
  return [name, ...shown].join(" ");
}

/** Whether a password is one of the words of a command, and not always asked for. */
function takesPassword({ found }: TypedLine): boolean {
  return found.kind !== "problem" && found.command.parameters.some(({ isSecret }) => isSecret !== undefined);
}

/** The words, with a mask for each that is secret; undefined where they do not fit the command. */
function maskedWords({ reading, words }: TypedLine): readonly string[] | undefined {
  if (reading?.kind !== "fit") return undefined;
  return words.map((word) => (reading.secrets.includes(word) ? mask : word));
}

/** Whether a line is a remark in a script. */
export function isComment(line: string): boolean {
  return line.trimStart().startsWith("#");
}

/**
 * Whether the first word of a line that is no command may be a password: not one that is like a command or too short, nor
 * one that is alone, unless a command with a password was refused before (`isExpected`).
 */
export function isSecretCommandWord(found: Resolution, line: readonly string[], isExpected: boolean): boolean {
  const [word = "", ...others] = line;
  const isLong = word.length >= shortestPassword;
  return found.kind === "problem" && !isNear(found) && isLong && (isExpected || others.length > 0);
}

/** Whether the words of a command that takes no password, and does not fit, are those of one that does. */
export function mayHoldPassword({ words, namesSecretCommand }: TypedLine): boolean {
  return namesSecretCommand || (words.length > 1 && words.some((word) => parseUserType(word) !== undefined));
}

/** Whether a comment may be a line with a password that is left out for now. */
function namesUserOrSecretCommand(commands: readonly Command[], comment: string): boolean {
  const words = splitWords(comment.replace(/^[\s#]+/, ""));
  const names = commands.filter(({ takesSecret }) => takesSecret).map(({ name }) => name.toLowerCase());
  return (
    words.length > 1 && words.some((word) => names.includes(word.toLowerCase()) || parseUserType(word) !== undefined)
  );
}
