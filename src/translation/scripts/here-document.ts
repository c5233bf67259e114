/** What begins a here-document, in a line of a shell. */
export interface HereDocument {
  /** As it is written: `<<-'EOF'`. */
  readonly operator: string;
  /** The word that ends it. */
  readonly word: string;
  /** Whether the shell puts values in place of variables. */
  readonly isFilledIn: boolean;
  /** Whether tabs in front of its lines, and of its end, are taken away. */
  readonly isIndented: boolean;
}

/** The here-document that a line begins; undefined where it begins none. */
export function hereDocumentIn(line: string): HereDocument | undefined {
  const [operator, dash, quote, word] = /(?<!<)<<(-?)\s*(["'\\]?)(\w+)(?:["']|\b)/.exec(line) ?? [];
  if (operator === undefined || word === undefined) return undefined;
  return { operator, word, isFilledIn: quote === "", isIndented: dash === "-" };
}

/** The index of the line that ends a here-document, looked for from an index on; undefined where it does not end. */
export function endOf({ word, isIndented }: HereDocument, texts: readonly string[], from: number): number | undefined {
  const at = texts.findIndex((text, index) => index >= from && (isIndented ? text.replace(/^\t+/, "") : text) === word);
  return at === -1 ? undefined : at;
}
