import { ProgramError } from "../errors/program-error.ts";
import { InvalidArgument, type Parameter, quoted } from "./parameter.ts";

/** Words that do not fit a command; nothing was run. */
export class UsageError extends ProgramError {
  override readonly name = "UsageError";
  override readonly fault = "user";
  /** Whether the message may have a word of the line in it. */
  readonly repeatsWord: boolean;

  constructor(message: string, { repeatsWord }: { readonly repeatsWord: boolean }) {
    super(message);
    this.repeatsWord = repeatsWord;
  }
}

/** A word, and the parameter that it is for. */
export interface Assigned {
  readonly parameter: Parameter;
  readonly word: string;
}

/** The words that a command takes. */
interface Syntax {
  readonly parameters: readonly Parameter[];
  readonly prefix: string | undefined;
  readonly suffix: ((word: string) => boolean) | undefined;
}

/** Which word is for which parameter. Throws {@link UsageError} where one is missing, or is too many. */
export function assignWords({ parameters, prefix, suffix }: Syntax, words: readonly string[]): readonly Assigned[] {
  const rest = prefix !== undefined && words[0] === prefix ? words.slice(1) : words;
  const places = parameters.filter(({ flag }) => flag === undefined);
  refuseOptions(places, rest);
  const isFlag = (word: string | undefined): boolean =>
    parameters.some(({ flag }) => flag !== undefined && flag === word);
  const placed = places.flatMap((parameter, place): readonly Assigned[] => {
    const word = rest[place];
    // A flag in the place of a word means that the word was forgotten.
    if (word !== undefined && !isFlag(word)) return [{ parameter, word }];
    if (parameter.optional === true) return [];
    throw new UsageError(`missing ${parameter.label}`, { repeatsWord: false });
  });
  const [last = "", ...more] = rest.slice(placed.length);
  if (more.length === 0 && reading(() => suffix?.(last)) === true) return [...placed, ...assignFlags(parameters, [])];
  return [...placed, ...assignFlags(parameters, rest.slice(placed.length))];
}

/** Options of the key utility and of newer tools, which operators type here out of habit. */
const optionOfOthers = /^(?:-[usp]|--?(?:user|username|user-?type|role|password))$/i;

/**
 * Refuses an option of another tool before a user, or beyond all words. In the place of a password it may be one. Throws
 * {@link UsageError}, which repeats none of the words: one of them is a password.
 */
function refuseOptions(places: readonly Parameter[], words: readonly string[]): void {
  if (!places.some(({ key }) => key === "type")) return;
  const options = words.filter((word, at) => optionOfOthers.test(word) && places[at]?.isSecret === undefined);
  if (options.length === 0) return;
  const message = "words go by their place here, not behind options of other tools such as -u, -s, -p and -username";
  throw new UsageError(message, { repeatsWord: false });
}

/** Assigns the words after flags. */
function assignFlags(parameters: readonly Parameter[], words: readonly string[]): readonly Assigned[] {
  const assigned: Assigned[] = [];
  for (let at = 0; at < words.length; at += 2) {
    const [flag = "", word] = words.slice(at);
    const parameter = parameters.find((each) => each.flag === flag);
    if (parameter === undefined || assigned.some((other) => other.parameter === parameter)) {
      throw unexpected(parameters, flag);
    }
    if (word === undefined) throw new UsageError(`missing ${wordOf(parameter)}`, { repeatsWord: false });
    assigned.push({ parameter, word });
  }
  const missing = parameters.find(
    (each) =>
      each.flag !== undefined && each.optional !== true && assigned.every(({ parameter }) => parameter !== each),
  );
  if (missing !== undefined) throw new UsageError(`missing ${missing.label}`, { repeatsWord: false });
  return assigned;
}

/** Returns the value of a word. Throws {@link UsageError} where it does not fit. */
export function readWord(parameter: Parameter, word: string): unknown {
  return reading(() => parameter.read(word), `${wordOf(parameter)} `);
}

/** What a word is called: its label, without the flag before it. */
function wordOf({ flag, label }: Parameter): string {
  return flag === undefined ? label : label.slice(flag.length + 1);
}

/** What `read` makes of a word. Throws {@link UsageError} where it does not fit. */
function reading<T>(read: () => T, label = ""): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidArgument) throw new UsageError(`${label}${error.message}`, { repeatsWord: true });
    throw error;
  }
}

/**
 * Reports a word too many. It may be the rest of a password with a space in it, or one given to deleteUser: then it is
 * not repeated.
 */
function unexpected(parameters: readonly Parameter[], word: string): UsageError {
  const places = parameters.filter(({ flag }) => flag === undefined);
  const isAboutUser = places.some(({ key }) => key === "type");
  const before = parameters.find(({ isSecret }) => isSecret !== undefined) ?? (isAboutUser ? places.at(-1) : undefined);
  return before === undefined
    ? new UsageError(`unexpected argument: ${quoted(word)}`, { repeatsWord: true })
    : new UsageError(`unexpected argument after ${before.label}`, { repeatsWord: false });
}
