import { Lexer } from "yaml";
import { ConfigurationError } from "./configuration.ts";

/** Levels; a configuration has eight. */
const deepest = 64;

/**
 * Refuses a text whose lists and groups nest more deeply than any configuration. The parser must not see it: it takes
 * a kilobyte of memory a level. Throws {@link ConfigurationError}.
 */
export function requireFlat(file: string, text: string): void {
  const place = deepPlace(text);
  if (place !== undefined) throw new ConfigurationError(`${file}:${place}: this is nested too deeply`);
}

/** Where a level too many begins; undefined where none does. */
function deepPlace(text: string): string | undefined {
  /** Columns of the blocks that are open, the outermost first. */
  const blocks: number[] = [];
  let flows = 0;
  let line = 1;
  let column = 1;
  /** Whether a block may begin at the next token: at the start of a line, and after `-` and `?`. */
  let begins = true;
  for (const token of new Lexer().lex(text)) {
    if (isMark(token)) continue;
    if (token === "[" || token === "{") flows += 1;
    else if (token === "]" || token === "}") flows -= 1;
    if (flows <= 0 && begins && token.trim() !== "") {
      while ((blocks.at(-1) ?? 0) > column) blocks.pop();
      if ((blocks.at(-1) ?? 0) < column) blocks.push(column);
    }
    if (Math.max(0, flows) + blocks.length > deepest) return `${String(line)}:${String(column)}`;
    const breaks = token.split("\n");
    line += breaks.length - 1;
    column = (breaks.length > 1 ? 1 : column) + (breaks.at(-1) ?? "").length;
    if (breaks.length > 1 || token === "-" || token === "?") begins = true;
    else if (token.trim() !== "") begins = false;
  }
  return undefined;
}

/** What the lexer puts between the tokens of the text. */
function isMark(token: string): boolean {
  return token === "\u0002" || token === "\u0018" || token === "\u001f";
}
