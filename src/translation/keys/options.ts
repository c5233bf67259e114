import { NoCounterpart } from "../words/counterpart.ts";

/** Flags that take no word; -sess may have a 0 or 1 behind it. */
const switches: ReadonlySet<string> = new Set(["-nex", "-attest", "-hpswd", "-noheader", "-h", "-sess"]);

/** The options of a line of key_mgmt_util, in any order. */
export class Options {
  readonly #values: ReadonlyMap<string, string>;
  /** The words, with whether each of them is a flag, or the value of which one. */
  readonly words: readonly OptionWord[];

  constructor(words: readonly string[]) {
    this.words = assigned(words);
    // The same flag twice: the last one holds.
    this.#values = new Map(this.words.map(({ flag, word }) => [flag, word]));
  }

  /** Whether a flag is there. */
  has(flag: string): boolean {
    return this.#values.has(flag);
  }

  /** The word of a flag; undefined where either is missing. */
  value(flag: string): string | undefined {
    const word = this.#values.get(flag);
    return word === flag ? undefined : word;
  }

  /** The word of a flag that may be left out, but not be there without one. Throws {@link NoCounterpart}. */
  optional(flag: string): string | undefined {
    const word = this.value(flag);
    if (word === undefined && this.has(flag)) throw new NoCounterpart(`key_mgmt_util refuses it: ${flag} has no value`);
    return word;
  }

  /** The word of a flag that must be there. Throws {@link NoCounterpart}. */
  given(flag: string): string {
    const word = this.value(flag);
    if (word === undefined) throw new NoCounterpart(`key_mgmt_util refuses it: ${flag} is missing`);
    return word;
  }
}

/** A word of a line, and the flag that it is, or belongs to; empty for one that belongs to none. */
interface OptionWord {
  readonly flag: string;
  readonly word: string;
}

function assigned(words: readonly string[]): readonly OptionWord[] {
  let flag = "";
  return words.map((word) => {
    // A password may begin with a hyphen.
    const isValue = flag !== "" && (flag === "-p" || !/^-[a-z]/i.test(word));
    const owner = isValue ? flag : /^-[a-z]/i.test(word) ? word : "";
    flag = isValue || (switches.has(owner) && owner !== "-sess") ? "" : owner;
    return { flag: owner, word };
  });
}
