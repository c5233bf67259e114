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

/** A line of a script, and its number in it, from 1. */
export interface NumberedLine {
  readonly line: number;
  readonly text: string;
}

/** Lines that follow each other, with their numbers, the first of which is given. */
export function numbered(texts: readonly string[], first: number): readonly NumberedLine[] {
  return texts.map((text, at) => ({ line: first + at, text }));
}

/** The lines that a tool gets, one after the other. */
export class ScriptLines {
  readonly #lines: readonly NumberedLine[];
  #at = 0;
  /** Whether a shell puts values in place of variables. */
  readonly isFilledIn: boolean;

  constructor(lines: readonly NumberedLine[], isFilledIn: boolean) {
    this.#lines = lines;
    this.isFilledIn = isFilledIn;
  }

  /** The number of the line that was taken last; 0 before the first. */
  get number(): number {
    return this.#lines[this.#at - 1]?.line ?? 0;
  }

  /** Takes the next line; undefined where there is none. */
  next(): string | undefined {
    const text = this.peek();
    if (text !== undefined) this.#at++;
    return text;
  }

  /** The line that {@link next} would take. */
  peek(): string | undefined {
    return this.#lines[this.#at]?.text;
  }
}
