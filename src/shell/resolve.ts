import { closest, distance } from "fastest-levenshtein";
import type { Command } from "../command/command.ts";
import { quoted } from "../command/parameter.ts";

/** What a typed command name turned out to be. */
export type Resolution<M extends string = string> =
  | { readonly kind: "command"; readonly command: Command<M> }
  /** A command of another mode. */
  | { readonly kind: "elsewhere"; readonly command: Command<M> }
  | Problem;

/** A word that is no command, or not one command alone. */
interface Problem {
  readonly kind: "problem";
  readonly word: string;
  /** The commands of which it is a beginning; none where it is no command. */
  readonly meant: readonly string[];
  /** A command of nearly this name. */
  readonly proposal: string | undefined;
}

/** Whether a word is nearly the name of a command, or enough of one for several. */
export function isNear({ meant, proposal }: Problem): boolean {
  return meant.length > 0 || proposal !== undefined;
}

/** Finds a command by its name or an unambiguous beginning of it; case does not matter. */
export function resolve<M extends string>(commands: readonly Command<M>[], mode: M, word: string): Resolution<M> {
  const here = commands.filter((command) => command.modes.includes(mode));
  const [match, ...others] = matches(here, word);
  if (match !== undefined && others.length === 0) return { kind: "command", command: match };
  if (match !== undefined) return ambiguous(word, [match, ...others]);
  const [elsewhere, ...more] = matches(commands, word);
  if (elsewhere !== undefined && more.length === 0) return { kind: "elsewhere", command: elsewhere };
  if (elsewhere !== undefined) return ambiguous(word, [elsewhere, ...more]);
  return { kind: "problem", word: quoted(word), meant: [], proposal: propose(here, word) ?? propose(commands, word) };
}

function ambiguous(word: string, meant: readonly Command[]): Problem {
  return { kind: "problem", word: quoted(word), meant: meant.map(({ name }) => name), proposal: undefined };
}

/** A command that the vendor does not document never makes a beginning ambiguous that one documented command has. */
function matches<M extends string>(commands: readonly Command<M>[], word: string): readonly Command<M>[] {
  const typed = word.toLowerCase();
  const exact = commands.find(({ name }) => name.toLowerCase() === typed);
  if (exact !== undefined) return [exact];
  const beginning = commands.filter(({ name }) => name.toLowerCase().startsWith(typed));
  const documented = beginning.filter((command) => command.documented);
  return documented.length > 0 ? documented : beginning;
}

/** The command probably meant: the nearest, if at most a third of its letters differ. */
function propose(commands: readonly Command[], word: string): string | undefined {
  const names = new Map(commands.map(({ name }) => [name.toLowerCase(), name]));
  const typed = word.slice(0, 40).toLowerCase();
  const nearest = closest(typed, [...names.keys()]);
  return distance(typed, nearest) <= nearest.length / 3 ? names.get(nearest) : undefined;
}
