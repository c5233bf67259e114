import type { Cluster } from "../cluster/cluster.ts";
import type { Dialect } from "../dialect/dialect.ts";
import type { UserSummary } from "../hsm/users/user.ts";

/** Whether a command is given in the prompt for all servers, in that of one server, or in both. */
export type Mode = "global" | "server";

/** How a command ended: `failed` is what `--bail` looks for. */
export type Outcome = "done" | "failed" | "quit";

/** What a command says. Every line goes to standard output. */
export interface Output {
  /** Writes lines as the original prints them. */
  print(...lines: readonly string[]): void;
  /** Writes a line of ours that helps on: usage, a proposal. */
  hint(line: string): void;
  /** The width of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
}

/** What a command asks. Every question rejects with `Cancelled` at Ctrl-C, and at the end of input. */
export interface Questions {
  /** Asks for a line that may be seen; `wanted` says what it could be, where input ends before it. */
  ask(prompt: string, wanted: string): Promise<string>;
  /** Asks for a line that nobody may see: a password. */
  askHidden(prompt: string): Promise<string>;
  /** Whether Ctrl-C was pressed while a command was running; it counts once. */
  interrupted(): Promise<boolean>;
}

/** Everything a command works with. */
export interface CommandContext {
  readonly cluster: Cluster;
  readonly dialect: Dialect;
  readonly output: Output;
  readonly questions: Questions;
  /** The folder of the HSMs, in which commands read and write no file. */
  readonly home: string | undefined;
  /** Whether y/n is answered y without asking. */
  readonly yes: boolean;
  /** Keeps a hint of ours until the command is over; it is shown once, and to a person only. */
  readonly advise: (hint: string) => void;
  /** All commands, for `help`. */
  readonly commands: readonly Command[];
  /** Finds a command as the prompt does: by name or unique beginning, without regard to case. */
  readonly find: (word: string) => Command | undefined;
}

/** A word that does not fit its parameter. */
export class InvalidArgument extends Error {
  override readonly name = "InvalidArgument";
}

/** What Tab knows to propose for a word; what an HSM holds is read from it when it is asked for. */
export interface Proposals {
  readonly commands: readonly Command[];
  readonly serverIds: readonly number[];
  readonly users: () => Promise<readonly UserSummary[]>;
  /** Of the keys that who is logged in may list; none where nobody is. */
  readonly keyHandles: () => Promise<readonly number[]>;
  readonly tokenIds: () => Promise<readonly number[]>;
}

/** The word that Tab completes. */
export interface WordPlace {
  /** What there is of it. */
  readonly part: string;
  /** The words before it, by the keys of their parameters. */
  readonly given: Readonly<Record<string, string>>;
}

type Completion = (source: Proposals, place: WordPlace) => Promise<readonly string[]>;

/** One word that a command takes. */
export interface Parameter<Key extends string = string, T = unknown> {
  readonly key: Key;
  /** As usage shows it, with its brackets: `<user ID>`. */
  readonly label: string;
  readonly meaning: string;
  /** Whether the word may be left out; only at the end. */
  readonly optional?: boolean;
  /** The word that goes before it, as in `-2fa <path>`; behind all words that have none, in any order. */
  readonly flag?: string;
  /** Reads the word. Throws {@link InvalidArgument}, whose message follows the label. */
  readonly read: (word: string) => T;
  /** Whether a word must not reach the history. */
  readonly isSecret?: (word: string) => boolean;
  readonly complete?: Completion;
}

/** The values of the words, by the keys of their parameters. */
type Arguments<P extends readonly Parameter[]> = {
  readonly [Q in P[number] as Q["key"]]: Q extends { readonly optional: true } ? ValueOf<Q> | undefined : ValueOf<Q>;
};

type ValueOf<Q> = Q extends Parameter<string, infer T> ? T : never;

/** How a command is declared: help, usage, checks, abbreviations, completion and history all come from this. */
export interface Declaration<P extends readonly Parameter[]> {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Sentences for `help <command>`; the summary when left out. */
  readonly description?: string;
  /** A line as it may be typed, for `help <command>`. */
  readonly example?: string;
  /** Whether AWS documents the command; yes when left out. */
  readonly documented?: boolean;
  readonly modes: readonly Mode[];
  /** What to say in the other mode. */
  readonly elsewhere?: string;
  /** A word that may stand before all others and changes nothing, as `-k` of getKeyInfo. */
  readonly prefix?: string;
  /** Whether a word behind all others changes nothing, as 1FA of createUser. Throws {@link InvalidArgument}. */
  readonly suffix?: (word: string) => boolean;
  readonly parameters: P;
  readonly run: (context: CommandContext, given: Arguments<P>) => Promise<Outcome>;
}

/** A command as the shell sees it: words in, an outcome out. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly example: string | undefined;
  /** Whether AWS documents the command; the others are those of sibling shells. */
  readonly documented: boolean;
  readonly modes: readonly Mode[];
  readonly elsewhere: string;
  readonly parameters: readonly Parameter[];
  /** A word that may stand before all others and changes nothing. */
  readonly prefix: string | undefined;
  /** The syntax line. */
  readonly usage: string;
  /** Reads the words, and gives what is left to do. Throws {@link UsageError}. */
  prepare(words: readonly string[]): (context: CommandContext) => Promise<Outcome>;
  /** Whether one of its words is a password. */
  readonly takesSecret: boolean;
  /** The words, with `mask` for each that is secret; undefined where they do not fit the command. */
  masked(words: readonly string[], mask: string): readonly string[] | undefined;
}

/** What keeps a command from going on, a file for instance: what is wrong, and what mends it. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** Words that do not fit a command; nothing was run. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Makes a command of its declaration. */
export function command<const P extends readonly Parameter[]>(declaration: Declaration<P>): Command {
  const { name, summary, parameters, run, prefix } = declaration;
  const assign = (words: readonly string[]): readonly Assigned[] => assignWords(declaration, words);
  return {
    name,
    summary,
    description: declaration.description ?? summary,
    example: declaration.example,
    documented: declaration.documented ?? true,
    modes: declaration.modes,
    elsewhere: declaration.elsewhere ?? elsewhere(declaration.modes),
    parameters,
    prefix,
    usage: [
      name,
      ...(prefix === undefined ? [] : [`[${prefix}]`]),
      ...parameters.map((parameter) => (parameter.optional ? `[${parameter.label}]` : parameter.label)),
    ].join(" "),
    prepare(words) {
      const assigned = assign(words).map(({ parameter, word }) => [parameter.key, readWord(parameter, word)] as const);
      // What may be left out, and is, is undefined.
      const given = Object.fromEntries(assigned) as Arguments<P>;
      return (context) => run(context, given);
    },
    takesSecret: parameters.some(({ isSecret }) => isSecret !== undefined),
    masked(words, mask) {
      try {
        const assigned = assign(words);
        for (const { parameter, word } of assigned) readWord(parameter, word);
        const secrets = assigned.filter(({ parameter, word }) => parameter.isSecret?.(word) === true);
        return words.map((word) => (secrets.some((secret) => secret.word === word) ? mask : word));
      } catch (error) {
        if (error instanceof UsageError) return undefined;
        throw error;
      }
    },
  };
}

function elsewhere(modes: readonly Mode[]): string {
  return modes.includes("global") ? "leave server mode first (exit)" : "enter server mode first (server <server ID>)";
}

/** A word, and the parameter that it is for. */
interface Assigned {
  readonly parameter: Parameter;
  readonly word: string;
}

/** Which word is for which parameter. Throws {@link UsageError} where one is missing, or is too many. */
function assignWords(
  { parameters, prefix, suffix }: Pick<Declaration<readonly Parameter[]>, "parameters" | "prefix" | "suffix">,
  words: readonly string[],
): readonly Assigned[] {
  const rest = prefix !== undefined && words[0] === prefix ? words.slice(1) : words;
  const places = parameters.filter(({ flag }) => flag === undefined);
  const isFlag = (word: string | undefined): boolean =>
    parameters.some(({ flag }) => flag !== undefined && flag === word);
  const placed = places.flatMap((parameter, place): readonly Assigned[] => {
    const word = rest[place];
    // A flag in the place of a word means that the word was forgotten.
    if (word !== undefined && !isFlag(word)) return [{ parameter, word }];
    if (parameter.optional === true) return [];
    throw new UsageError(`missing ${parameter.label}`);
  });
  const [last = "", ...more] = rest.slice(placed.length);
  if (more.length === 0 && reading(() => suffix?.(last)) === true) return placed;
  return [...placed, ...assignFlags(parameters, rest.slice(placed.length))];
}

/** The words behind flags. */
function assignFlags(parameters: readonly Parameter[], words: readonly string[]): readonly Assigned[] {
  const assigned: Assigned[] = [];
  for (let at = 0; at < words.length; at += 2) {
    const [flag = "", word] = words.slice(at);
    const parameter = parameters.find((each) => each.flag === flag);
    if (parameter === undefined || assigned.some((other) => other.parameter === parameter)) {
      throw new UsageError(`unexpected argument${unexpected(parameters, flag)}`);
    }
    if (word === undefined) throw new UsageError(`missing ${wordOf(parameter)}`);
    assigned.push({ parameter, word });
  }
  return assigned;
}

function readWord(parameter: Parameter, word: string): unknown {
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
    if (error instanceof InvalidArgument) throw new UsageError(`${label}${error.message}`);
    throw error;
  }
}

/** A word too many may be the rest of a password with a blank in it, or one given to deleteUser: it is not repeated then. */
function unexpected(parameters: readonly Parameter[], word: string): string {
  const places = parameters.filter(({ flag }) => flag === undefined);
  const isAboutUser = places.some(({ key }) => key === "type");
  const before = parameters.find(({ isSecret }) => isSecret !== undefined) ?? (isAboutUser ? places.at(-1) : undefined);
  return before === undefined ? `: ${quoted(word)}` : ` behind ${before.label}`;
}

const longestQuoted = 60;

/** A word as a message repeats it: no longer than a line. */
export function quoted(word: string): string {
  return word.length > longestQuoted ? `${word.slice(0, longestQuoted)}...` : word;
}
