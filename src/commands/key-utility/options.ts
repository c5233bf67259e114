import type { KeyUtilityWording } from "../../command/key-utility-wording.ts";
import { InvalidArgument } from "../../command/parameter.ts";

/** One option of a command of the key utility: `-k 9`, or `-nex` by itself. */
export interface Option<T = unknown> {
  /** As it is typed: `-k`. */
  readonly flag: string;
  /** What errors call it: `Key handle`. */
  readonly name: string;
  /** As the syntax shows its word: `<key handle>`; undefined for one that takes none. */
  readonly word: string | undefined;
  readonly meaning: string;
  readonly isRequired: boolean;
  /** Whether its word may be left out, as in `-sess` and `-sess 1`. */
  readonly mayStandAlone: boolean;
  readonly isSecret: boolean;
  /** Whether a vendor's build has it; each has it where this is left out. */
  readonly isOffered?: (words: KeyUtilityWording) => boolean;
  /** Reads the word; undefined is that there is none. Throws {@link InvalidArgument}. */
  readonly read: (word: string | undefined) => T;
}

/** Options by the keys under which a command finds them. */
export type Options = Readonly<Record<string, Option>>;

/** What was given, by the keys of the options; what was left out is undefined. */
export type Given<O extends Options> = {
  readonly [K in keyof O]: O[K] extends Option<infer T> ? T | undefined : never;
};

/** What makes an option another one than most. */
interface Special {
  readonly isRequired?: boolean;
  readonly isSecret?: boolean;
}

/** An option with a word. */
export function withWord<T>(
  flag: string,
  [name, word, meaning]: readonly [name: string, word: string, meaning: string],
  read: (word: string) => T,
  { isRequired = false, isSecret = false }: Special = {},
): Option<T> {
  const readGiven = (given: string | undefined): T => read(given ?? "");
  return { flag, name, word, meaning, isRequired, mayStandAlone: false, isSecret, read: readGiven };
}

/** An option that is given or not; a word 0 or 1 behind it says so, too. */
export function switchOf(flag: string, name: string, meaning: string): Option<boolean> {
  const read = (word: string | undefined): boolean => word !== "0";
  return { flag, name, word: undefined, meaning, isRequired: false, mayStandAlone: true, isSecret: false, read };
}

/** A whole number of a range. */
export function numberIn(minimum: number, maximum: number): (word: string) => number {
  return (word) => {
    const number = Number(word);
    if (!/^\d{1,10}$/.test(word) || number < minimum || number > maximum) throw new InvalidArgument("is not valid");
    return number;
  };
}

/** One of some words, and what it stands for. */
export function oneOf<T>(meanings: ReadonlyMap<string, T>): (word: string) => T {
  return (word) => {
    const meaning = meanings.get(word);
    if (meaning === undefined) throw new InvalidArgument("is not valid");
    return meaning;
  };
}

/** Whole numbers with commas between. */
export function numbers(word: string): readonly number[] {
  return word.split(",").map(numberIn(0, 0xffffffff));
}

/** Any text but an empty one. */
export function text(word: string): string {
  if (word === "") throw new InvalidArgument("is not valid");
  return word;
}
