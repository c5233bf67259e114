import type { Counterpart } from "./counterpart.ts";

/** A line of a script, and what takes its place. */
export interface TranslatedLine extends Counterpart {
  /** Its number in the script, from 1. */
  readonly line: number;
  /** What it says, without anything secret; control characters are as they were. */
  readonly text: string;
}

/** Shown in place of a word that must not be shown. */
export const mask = "***";

/** Bytes of the longest line that the old tools take. */
const longest = 65_536;

/** Whether a line is longer than any that the old tools take. */
export function isTooLong(text: string): boolean {
  return Buffer.byteLength(text) > longest;
}

/** The lines of a script, one after the other. */
export class ScriptLines {
  readonly #texts: readonly string[];
  readonly #first: number;
  #at = 0;

  /** @param first the number of the first of them */
  constructor(texts: readonly string[], first: number) {
    this.#texts = texts;
    this.#first = first;
  }

  /** The number of the line that was taken last. */
  get number(): number {
    return this.#first + this.#at - 1;
  }

  /** Takes the next line; undefined where there is none. */
  next(): string | undefined {
    const text = this.peek();
    if (text !== undefined) this.#at++;
    return text;
  }

  /** The line that {@link next} would take. */
  peek(): string | undefined {
    return this.#texts[this.#at];
  }
}
