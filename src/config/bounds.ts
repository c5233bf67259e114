import { Lexer } from "yaml";
import { ConfigurationError } from "./configuration.ts";

/** What the parser may be given: it takes a kilobyte of memory a level, and much time for many small things. */
const most = {
  /** Levels; a configuration has eight. */
  levels: 64,
  /** Words, signs and escapes; a file of 3,300 keys that say all about themselves has 140,000. */
  words: 200_000,
  /** Names of values and aliases of them. */
  aliases: 1000,
} as const;

/** Refuses a text that takes more to parse than any configuration. Throws {@link ConfigurationError}. */
export function requireBounds(file: string, text: string): void {
  const nesting = new Nesting();
  let line = 1;
  let column = 1;
  let words = 0;
  let aliases = 0;
  for (const token of new Lexer().lex(text)) {
    if (isMark(token)) continue;
    nesting.take(token, column);
    if (token.trim() !== "") words += token.split("\\").length;
    if (/^[&*]/.test(token)) aliases += 1;
    const problem =
      (nesting.depth > most.levels && "this is nested too deeply") ||
      (words > most.words && "the file is too long for a configuration: remove what follows") ||
      (aliases > most.aliases && "too many aliases (& and *): write the values out");
    if (problem !== false) throw new ConfigurationError(`${file}:${String(line)}:${String(column)}: ${problem}`);
    const breaks = token.split("\n");
    line += breaks.length - 1;
    column = (breaks.length > 1 ? 1 : column) + (breaks.at(-1) ?? "").length;
  }
}

/** How many lists and groups are open. */
class Nesting {
  /** Columns of the blocks that are open, the outermost first. */
  readonly #blocks: number[] = [];
  #flows = 0;
  /** Whether a block may begin at the next token: at the start of a line, and after `-` and `?`. */
  #begins = true;

  get depth(): number {
    return this.#flows + this.#blocks.length;
  }

  take(token: string, column: number): void {
    const isBlank = token.trim() === "";
    if (token === "[" || token === "{") this.#flows += 1;
    else if (token === "]" || token === "}") this.#flows = Math.max(0, this.#flows - 1);
    if (this.#flows === 0 && this.#begins && !isBlank) {
      while ((this.#blocks.at(-1) ?? 0) > column) this.#blocks.pop();
      if ((this.#blocks.at(-1) ?? 0) < column) this.#blocks.push(column);
    }
    if (token.includes("\n") || token === "-" || token === "?") this.#begins = true;
    else if (!isBlank) this.#begins = false;
  }
}

/** What the lexer puts between the tokens of the text. */
function isMark(token: string): boolean {
  return token === "\u0002" || token === "\u0018" || token === "\u001f";
}
