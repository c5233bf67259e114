import type { Counterpart } from "../words/counterpart.ts";

/** A quorum token, by its file. */
interface Token {
  readonly service: string;
  readonly file: string;
}

/** What the lines so far have come to. */
export interface SoFar {
  /** Whether a shell puts values in place of variables. */
  readonly isFilledIn: boolean;
  /** The server whose mode it is; undefined in global mode. */
  readonly server: string | undefined;
  /** Where the login is of the officer who activates the cluster: before or after that; undefined for any other, or none. */
  readonly activation: "before" | "after" | undefined;
  /** The token that was asked for last. */
  readonly token: Token | undefined;
  /** The token that was approved, and not used yet. */
  readonly approved: Token | undefined;
}

/** The words of a line by what they are for; undefined where one that may be left out is. */
export type Said = (key: string) => string | undefined;

/** What becomes of a line. */
export interface Step extends Counterpart {
  /** What it changes for the lines after it. */
  readonly then?: Partial<SoFar>;
}

/** How a command of the management shell is translated. */
export interface Row {
  /** How many hidden passwords it asks for where its word is -hpswd. */
  readonly passwords?: number;
  /** Whether it may ask for the pass phrase of a file. */
  readonly asksPassPhrase?: true;
  /** Whether it is about the session, and not about HSMs. */
  readonly isOfSession?: true;
  /** What becomes of a line. Throws NoCounterpart. */
  readonly step: (said: Said, soFar: SoFar) => Step;
}

/** Rows by the names of their commands. */
export type Rows = Readonly<Record<string, Row>>;

/** A word that the command cannot be without. */
export function given(said: Said, key: string): string {
  const word = said(key);
  if (word === undefined) throw new Error(`a line without ${key} was taken for a whole one`);
  return word;
}

/** ` --approval <file>` for an operation of a service where a token was approved for it. */
export function approval({ approved }: SoFar, service: string, quote: (word: string) => string): string {
  return approved?.service === service ? ` --approval ${quote(approved.file)}` : "";
}
