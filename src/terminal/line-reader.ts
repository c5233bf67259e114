/** What a line is for: commands are edited, completed and remembered, passwords are never shown. */
export type Purpose = "command" | "question" | "password";

/** What came of asking for a line. */
export type Answer =
  | { readonly kind: "line"; readonly text: string }
  /** Longer than so many bytes; its text is gone, the next line is whole. */
  | { readonly kind: "tooLong"; readonly longest: number }
  /** Ctrl-C: what was being typed is dropped. */
  | { readonly kind: "interrupted" }
  /** Nothing will come any more. */
  | { readonly kind: "end" };

/** The one queue of input: commands, answers and passwords come from it in the order in which they were typed. */
export interface LineReader {
  /** Where the line is that was read last, as `script.txt:12`; undefined where lines are typed. */
  readonly place: string | undefined;
  /** The number of the line that was read last, from 1, answers and passwords counted; 0 before the first one. */
  readonly line: number;
  /** What precedes an answer where it is added to the lines: `-c ` on a command line. */
  readonly answerPrefix: string;
  /** Writes the prompt, once, and takes the next line. */
  read(prompt: string, purpose: Purpose): Promise<Answer>;
  /** Whether Ctrl-C was pressed since a line was read last; it drops what was typed before it. */
  interrupted(): Promise<boolean>;
  /** Takes no more from outside: the lines that have come already are still read, then input ends. */
  hangUp(): void;
  /** Gives the input back as it was found. */
  close(): void;
}

/** What is done before a line is waited for that nobody has typed yet; it never rejects. */
export type Idle = () => Promise<void>;

/** Bytes of the longest line that is read. */
export const longestLine = 65_536;
