import { InvalidArgument } from "../../command/parameter.ts";
import type { Given, Option, Options } from "./options.ts";

/** What words are to a command: what was given, all that is wrong with them, or a wish for its help. */
export type ReadOptions<O extends Options> =
  | { readonly kind: "given"; readonly given: Given<O>; readonly secrets: readonly string[] }
  | { readonly kind: "problems"; readonly problems: readonly string[] }
  | { readonly kind: "help" };

/** Reads words as options, in any order; of one that is given twice the last counts. */
export function readOptions<O extends Options>(options: O, typed: readonly string[]): ReadOptions<O> {
  const words = unquoted(typed);
  const problems: string[] = [];
  const given: Record<string, unknown> = {};
  /** The keys of the options that were written, rightly or not. */
  const written = new Set<string>();
  const secrets: string[] = [];
  const names = Object.keys(options);
  const keyOf = (word: string | undefined): string | undefined => names.find((name) => options[name]?.flag === word);
  for (let at = 0; at < words.length;) {
    const flag = words[at++] ?? "";
    if (flag === "-h") return { kind: "help" };
    const key = keyOf(flag);
    const option = key === undefined ? undefined : options[key];
    if (key === undefined || option === undefined) {
      // A password that blanks have cut is not to be shown.
      const isSecret = !flag.startsWith("-") && Object.values(options).some((each) => each.isSecret);
      problems.push(isSecret ? "Error: Unknown option." : `Error: Unknown option ${flag}.`);
      continue;
    }
    written.add(key);
    const word = takes(option, words[at], keyOf) ? words[at++] : undefined;
    if (word === undefined && !option.mayStandAlone) {
      problems.push(missing(option));
      continue;
    }
    if (word !== undefined && option.isSecret) secrets.push(word);
    try {
      given[key] = option.read(word);
    } catch (error) {
      if (!(error instanceof InvalidArgument)) throw error;
      problems.push(`Error: ${option.name} (${flag}) ${error.message}.`);
    }
  }
  for (const [key, option] of Object.entries(options)) {
    if (option.isRequired && !written.has(key)) problems.push(missing(option));
  }
  if (problems.length > 0) return { kind: "problems", problems };
  return { kind: "given", given: given as Given<O>, secrets };
}

function missing({ name, flag }: Option): string {
  return `Error: ${name} (${flag}) is missing.`;
}

/** Whether a word belongs to an option before it. */
function takes(option: Option, word: string | undefined, keyOf: (word: string) => string | undefined): boolean {
  if (word === undefined) return false;
  if (option.word === undefined) return word === "0" || word === "1";
  return keyOf(word) === undefined;
}

/** A text with blanks is written between quotes: "my key". */
function unquoted(typed: readonly string[]): readonly string[] {
  const words: string[] = [];
  let open: string | undefined;
  for (const word of typed) {
    if (open !== undefined) {
      open += ` ${word}`;
      if (word.endsWith('"')) {
        words.push(open.slice(1, -1));
        open = undefined;
      }
    } else if (word.length > 1 && word.startsWith('"') && word.endsWith('"')) {
      words.push(word.slice(1, -1));
    } else if (word.startsWith('"')) {
      open = word;
    } else {
      words.push(word);
    }
  }
  return open === undefined ? words : [...words, open];
}
