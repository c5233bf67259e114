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

/** The lines that here-documents of a script end at, asked for from its top to its bottom. */
export class Ends {
  /** The indices of each text, the first one last. */
  readonly #indices = new Map<string, number[]>();

  constructor(texts: readonly string[]) {
    for (let at = texts.length - 1; at >= 0; at--) {
      const text = texts[at] ?? "";
      this.#put(text, at);
      // What is left of a line behind `<<-`.
      if (text.startsWith("\t")) this.#put(text.replace(/^\t+/, "\t"), at);
    }
  }

  /** The index of the line that ends a here-document, from an index on that grows from call to call; undefined for none. */
  next({ word, isIndented }: HereDocument, from: number): number | undefined {
    const found = [this.#first(word, from), isIndented ? this.#first(`\t${word}`, from) : undefined];
    const ends = found.filter((at) => at !== undefined);
    return ends.length === 0 ? undefined : Math.min(...ends);
  }

  #put(text: string, at: number): void {
    const indices = this.#indices.get(text);
    if (indices === undefined) this.#indices.set(text, [at]);
    else indices.push(at);
  }

  #first(text: string, from: number): number | undefined {
    const indices = this.#indices.get(text) ?? [];
    while ((indices.at(-1) ?? from) < from) indices.pop();
    return indices.at(-1);
  }
}
