import { ProgramError } from "../errors/program-error.ts";
import type { UserSummary } from "../hsm/user.ts";

/** A word that does not fit its parameter. */
export class InvalidArgument extends ProgramError {
  override readonly name = "InvalidArgument";
  override readonly fault = "user";
}

/** What Tab can propose for a word. What an HSM holds is read only when it is asked for. */
export interface Proposals {
  readonly commandNames: readonly string[];
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
  /** Its value in a shell that does not take the word, though it may not be left out elsewhere. */
  readonly withheld?: T;
  /** The word before it, as in `-2fa <path>`. Flags come after all words without one, in any order. */
  readonly flag?: string;
  /** Reads the word. Throws {@link InvalidArgument}, whose message follows the label. */
  readonly read: (word: string) => T;
  /** Whether a word must not reach the history. */
  readonly isSecret?: (word: string) => boolean;
  readonly complete?: Completion;
}

const longestQuoted = 60;

/** A word as a message repeats it: no longer than a line. */
export function quoted(word: string): string {
  return word.length > longestQuoted ? `${word.slice(0, longestQuoted)}...` : word;
}
