import type { Command, Reading, SessionContext } from "../../command/command.ts";
import type { Result } from "../../command/result.ts";
import { endedBy, said } from "../../command/result.ts";
import type { KeyUtilityWording } from "../../command/key-utility-wording.ts";
import type { Given, Option, Options } from "./options.ts";
import { UnreadableFile } from "./read-file.ts";
import { readOptions } from "./read-options.ts";

/** The one mode of the key utility. */
export type KeyMode = "keys";

/** What a command of the key utility works with. */
export interface KeyContext extends SessionContext {
  readonly words: KeyUtilityWording;
  /** On how many HSMs a key must be made at least, whatever is asked for. */
  readonly minimumNodes: number;
}

/** A command of the key utility. */
export interface KeyDeclaration<O extends Options> {
  readonly name: string;
  /** One sentence, as its help has it. */
  readonly description: string;
  readonly options: O;
  /** Whether the list of commands has it; yes when left out. */
  readonly listed?: boolean;
  /** What is wrong with options that are right by themselves; nothing where they go together. */
  readonly problems?: (given: Given<O>) => readonly string[];
  /** What it throws ends it before any HSM was asked. */
  readonly run: (context: KeyContext, given: Given<O>) => Promise<Result>;
}

/** A command that is declared, to be made one of a shell with a vendor's words. */
export type KeyOfferable = (words: KeyUtilityWording, minimumNodes?: number) => Command<KeyMode>;

/** Makes a command of its declaration. */
export function keyCommand<const O extends Options>(declaration: KeyDeclaration<O>): KeyOfferable {
  return (words, minimumNodes = 1) => {
    const own = { ...declaration, options: optionsOf(declaration.options, words) };
    return {
      name: own.name,
      summary: own.description,
      // All that its help says: `help <command>` prints it.
      description: helpOf(own).join("\n"),
      example: undefined,
      documented: true,
      listedIn: (own.listed ?? true) ? ["keys"] : [],
      modes: ["keys"],
      elsewhere: undefined,
      parameters: [],
      prefix: undefined,
      usage: syntaxOf(own),
      takesSecret: Object.values(own.options).some(({ isSecret }) => isSecret),
      read: (typed) => readingOf(own, { words, minimumNodes }, typed),
    };
  };
}

/** The options that a vendor's build has. The others are as if nobody gave them. */
function optionsOf<O extends Options>(options: O, words: KeyUtilityWording): O {
  const offered = Object.entries(options).filter(([, { isOffered }]) => isOffered?.(words) ?? true);
  return Object.fromEntries(offered) as O;
}

function readingOf<O extends Options>(
  declaration: KeyDeclaration<O>,
  own: Pick<KeyContext, "words" | "minimumNodes">,
  typed: readonly string[],
): Reading {
  const read = readOptions(declaration.options, typed);
  const secrets = read.kind === "given" ? read.secrets : [];
  return {
    kind: "fit",
    assigned: {},
    secrets,
    async run(session) {
      if (read.kind === "help") return explained(declaration);
      const problems = read.kind === "problems" ? read.problems : (declaration.problems?.(read.given) ?? []);
      if (read.kind === "problems" || problems.length > 0) return misuse(...problems, ...helpOf(declaration));
      try {
        return await declaration.run({ ...session, ...own }, read.given);
      } catch (error) {
        if (error instanceof UnreadableFile) return misuse(`Error: Cannot open file ${error.path}.`, error.message);
        return endedBy(error);
      }
    },
  };
}

/** The end of a command whose words are wrong. */
export function misuse(...lines: readonly string[]): Result {
  const end = lines.at(-1) === "" ? [] : [""];
  return { outcome: "failed", answers: [], lines: ["", ...lines, ...end], isMisuse: true };
}

/** What `<command> -h` says of a command. */
export function explained(command: Pick<KeyDeclaration<Options>, "name" | "description" | "options">): Result {
  return said(...helpOf(command));
}

/** The help of a command: a sibling's layout (OCI Dedicated KMS, key_mgmt_util). */
function helpOf(declaration: Pick<KeyDeclaration<Options>, "name" | "description" | "options">): readonly string[] {
  const all = Object.values(declaration.options);
  return [
    "",
    "Description",
    "===========",
    declaration.description,
    "",
    `Syntax: ${syntaxOf(declaration)}`,
    "",
    "Where: -h         displays this information",
    ...all.map(({ flag, meaning }) => `       ${flag.padEnd(10)} ${meaning}`),
    "",
  ];
}

function syntaxOf({ name, options }: Pick<KeyDeclaration<Options>, "name" | "options">): string {
  return [name, "-h", ...Object.values(options).map(wordOf)].join(" ");
}

function wordOf({ flag, word, isRequired }: Option): string {
  const whole = word === undefined ? flag : `${flag} ${word}`;
  return isRequired ? whole : `[${whole}]`;
}
