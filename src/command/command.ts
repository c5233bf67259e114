import type { Cluster } from "../cluster/cluster.ts";
import type { Dialect } from "./wording.ts";
import type { FailureAnswer } from "./questions.ts";
import { UsageError, assignWords, readWord } from "./assigned-words.ts";
import type { Offered } from "./offer.ts";
import type { Parameter } from "./parameter.ts";
import { type Result, endedBy } from "./result.ts";

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
  /** Asks for a line, with echo. `wanted` says what is missing if the input ends instead. */
  ask(prompt: string, wanted: string): Promise<string>;
  /** Asks for a line that nobody may see: a password. */
  askHidden(prompt: string): Promise<string>;
  /** Whether Ctrl-C was pressed while a command was running; it counts once. */
  interrupted(): Promise<boolean>;
}

/** What commands work with in a session. */
export interface SessionContext {
  readonly cluster: Cluster;
  readonly dialect: Dialect;
  readonly output: Output;
  readonly questions: Questions;
  /** The folder of the HSMs, in which commands read and write no file. */
  readonly home: string | undefined;
  /** Whether y/n is answered y without asking. */
  readonly yes: boolean;
  /** What R/I/A and R/B/I are answered without asking; undefined asks. */
  readonly onFailure: FailureAnswer | undefined;
  /** Holds a hint of ours back until the command ends. It is shown once, and only to a person. */
  readonly advise: (hint: string) => void;
  /** All commands, for `help`. */
  readonly commands: readonly DescribedCommand[];
  /** Finds a command as the prompt does: by name or unique beginning, without regard to case. Throws {@link Refused}. */
  readonly find: (word: string) => DescribedCommand;
}

/** Everything a command works with. */
export interface CommandContext extends SessionContext {
  /** The name of the command that runs. */
  readonly command: string;
  readonly offered: Offered;
}

/** The values of the words, by the keys of their parameters. */
export type Arguments<P extends readonly Parameter[]> = {
  readonly [Q in P[number] as Q["key"]]: Q extends { readonly optional: true } ? ValueOf<Q> | undefined : ValueOf<Q>;
};

type ValueOf<Q> = Q extends Parameter<string, infer T> ? T : never;

/**
 * How a command is declared: checks, completion and history come from this. What differs from vendor to vendor is offered
 * apart.
 */
export interface Declaration<P extends readonly Parameter[]> {
  readonly name: string;
  /** Whether a last word changes nothing, as 1FA of createUser. Throws {@link InvalidArgument}. */
  readonly suffix?: (word: string) => boolean;
  readonly parameters: P;
  /** What it throws ends it before any server was asked. */
  readonly run: (context: CommandContext, given: Arguments<P>) => Promise<Result>;
}

/** A command as `help` explains it. */
export interface DescribedCommand {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly example: string | undefined;
  /** Whether the vendor documents the command; the others are those of sibling shells. */
  readonly documented: boolean;
  /** The modes whose list of commands has it. */
  readonly listedIn: readonly string[];
  /** The modes of the shell in which it is given. */
  readonly modes: readonly string[];
  readonly parameters: readonly Parameter[];
  /** The syntax line. */
  readonly usage: string;
}

/** A command as a shell sees it that has modes `M`: words in, a result out. */
export interface Command<M extends string = string> extends DescribedCommand {
  readonly modes: readonly M[];
  /** What to say in another mode, where that is not what is said of every command. */
  readonly elsewhere: string | undefined;
  /** A word that may come before all others and changes nothing. */
  readonly prefix: string | undefined;
  /** Whether it is about a password, on the line or asked for. */
  readonly takesSecret: boolean;
  /** Reads the words: once, for all that is made of a line. */
  read(words: readonly string[]): Reading;
}

/** What words are to a command. */
export type Reading =
  | {
      readonly kind: "fit";
      /** The words by the keys of their parameters; those that may be left out, and are, are not there. */
      readonly assigned: Readonly<Record<string, string>>;
      /** Those of the words that must not be shown. */
      readonly secrets: readonly string[];
      /** Never rejects: what ended it is in the result. */
      readonly run: (session: SessionContext) => Promise<Result>;
    }
  | { readonly kind: "misfit"; readonly error: UsageError };

/** A command that is declared, to be made one of a shell by what a vendor's shell offers. */
export type Offerable = <M extends string>(offered: Offered<M>) => Command<M>;

/** Makes a command of its declaration. */
export function command<const P extends readonly Parameter[]>(declaration: Declaration<P>): Offerable {
  return (offered) => commandOf(declaration, offered);
}

function commandOf<const P extends readonly Parameter[], M extends string>(
  declaration: Declaration<P>,
  offered: Offered<M>,
): Command<M> {
  const { name, run } = declaration;
  const { summary, prefix, without = [] } = offered;
  const isTaken = ({ key }: Parameter): boolean => !without.includes(key);
  const parameters = declaration.parameters.filter(isTaken).map((each) => {
    const { synonyms, ...words } = offered.words?.[each.key] ?? {};
    const read = synonyms === undefined ? each.read : (word: string) => each.read(synonyms[word] ?? word);
    return { ...each, ...words, read };
  });
  const withheld = declaration.parameters
    .filter((each) => !isTaken(each))
    .map(({ key, withheld: value }) => [key, value] as const);
  // It belongs to the older syntax of words that this shell may not take at all.
  const suffix = without.length === 0 ? declaration.suffix : undefined;
  return {
    name,
    summary,
    description: offered.description ?? summary,
    example: offered.example,
    documented: offered.documented ?? true,
    listedIn: offered.listedIn ?? offered.modes,
    modes: offered.modes,
    elsewhere: offered.elsewhere,
    parameters,
    prefix,
    usage: [
      name,
      ...(prefix === undefined ? [] : [`[${prefix}]`]),
      ...parameters.map((parameter) => (parameter.optional ? `[${parameter.label}]` : parameter.label)),
    ].join(" "),
    // Also where no word of it is one: it may be typed all the same.
    takesSecret: declaration.parameters.some(({ isSecret }) => isSecret !== undefined),
    read(words) {
      try {
        const assigned = assignWords({ parameters, prefix, suffix }, words);
        const values = assigned.map(({ parameter, word }) => [parameter.key, readWord(parameter, word)] as const);
        // What may be left out, and is, is undefined.
        const given = Object.fromEntries([...withheld, ...values]) as Arguments<P>;
        return {
          kind: "fit",
          assigned: Object.fromEntries(assigned.map(({ parameter, word }) => [parameter.key, word])),
          secrets: assigned
            .filter(({ parameter, word }) => parameter.isSecret?.(word) === true)
            .map(({ word }) => word),
          async run(session) {
            try {
              return await run({ ...session, command: name, offered }, given);
            } catch (error) {
              return endedBy(error);
            }
          },
        };
      } catch (error) {
        if (error instanceof UsageError) return { kind: "misfit", error };
        throw error;
      }
    },
  };
}
