/** What takes the place of a line in the new tool. */
export interface Counterpart {
  /** In the words of the new tool; none where nothing is needed, or where there is nothing. */
  readonly lines: readonly string[];
  /** Why there is nothing; undefined where there is, or where nothing is needed. */
  readonly missing: string | undefined;
  /** What to check, and what gets lost. */
  readonly notes: readonly string[];
}

/** Lines that do the same. */
export function lines(written: readonly string[], ...notes: readonly string[]): Counterpart {
  return { lines: written, missing: undefined, notes };
}

/** Nothing is to be written, and nothing is lost. */
export function notNeeded(...notes: readonly string[]): Counterpart {
  return { lines: [], missing: undefined, notes };
}

/** The new tool cannot do that. */
export function none(missing: string, ...notes: readonly string[]): Counterpart {
  return { lines: [], missing, notes };
}

/** A word of a line that the new tool has nothing for: the message says what and why. */
export class NoCounterpart extends Error {
  override readonly name = "NoCounterpart";
}

/** What `work` gives, or that there is no counterpart where it says so. */
export function orNone<T extends Counterpart>(work: () => T): T | Counterpart {
  try {
    return work();
  } catch (error) {
    if (error instanceof NoCounterpart) return none(error.message);
    throw error;
  }
}
