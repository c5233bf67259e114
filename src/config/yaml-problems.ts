import type { ErrorCode, YAMLError } from "yaml";

const unclosed = "something opened above is not closed: look for a missing }, ], quote or comma";
const unexpected = "unexpected character: remove it, or put the value in quotes";
const tag = "a value that begins with ! must be in quotes";
const anchor = "a value that begins with & or * must be in quotes";

/** What each YAML mistake is, and what fixes it. The parser's own messages repeat the text, maybe a password. */
const problems: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: anchor,
  BAD_ALIAS: anchor,
  BAD_COLLECTION_TYPE: tag,
  BAD_DIRECTIVE: "a line that begins with % is not used here: remove it",
  BAD_DQ_ESCAPE: 'a backslash in "..." needs another one before it: write \\\\, or use single quotes',
  BAD_INDENT: `the indentation is wrong, or ${unclosed}`,
  BAD_PROP_ORDER: tag,
  BAD_SCALAR_START: "a value that begins with this character must be in quotes",
  BLOCK_AS_IMPLICIT_KEY: "a colon and a space inside a value: put the value in quotes",
  BLOCK_IN_FLOW: "a colon and a space inside a value: put the value in quotes",
  DUPLICATE_KEY: "this key is given twice: remove one",
  IMPOSSIBLE: "this cannot be read as YAML",
  KEY_OVER_1024_CHARS: "this key is too long",
  MISSING_CHAR: unclosed,
  MULTILINE_IMPLICIT_KEY: "a colon is missing on this line, or its indentation is wrong",
  MULTIPLE_ANCHORS: anchor,
  MULTIPLE_TAGS: tag,
  MULTIPLE_DOCS: "a second document begins here (---): a configuration has only one",
  NON_STRING_KEY: "a key must be one word",
  RESOURCE_EXHAUSTION: "this is nested too deeply",
  TAB_AS_INDENT: "a tab in the indentation: use spaces",
  TAG_RESOLVE_FAILED: tag,
  UNEXPECTED_TOKEN: unexpected,
};

/** Returns what is wrong and what fixes it, in our words. */
export function syntaxProblem(code: ErrorCode): string {
  return problems[code];
}

/** What is wrong with a text where it stops being JSON. */
export const brokenJson = "unexpected text: look for a missing comma, colon, quote or brace before it";

/** Where a text stops being JSON; undefined where it does not, but for commas after a last entry. */
export function jsonEnd(text: string): number | undefined {
  try {
    JSON.parse(text.replace(/,(?=\s*[}\]])/g, " "));
    return undefined;
  } catch (error) {
    // Where that is, the parser tells only in words, and not at all for a text that ends too early.
    const position = /at position (\d+)/.exec((error as SyntaxError).message)?.[1];
    return position === undefined ? text.trimEnd().length : Number(position);
  }
}

/** Mistakes after which the rest is read as something that nobody meant. */
const misleading: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "BAD_INDENT",
  "BLOCK_AS_IMPLICIT_KEY",
  "BLOCK_IN_FLOW",
  "IMPOSSIBLE",
  "MISSING_CHAR",
  "MULTILINE_IMPLICIT_KEY",
  "MULTIPLE_DOCS",
  "RESOURCE_EXHAUSTION",
  "TAB_AS_INDENT",
  "UNEXPECTED_TOKEN",
]);

/** The mistakes that do not follow from one before them, in the order of the text. */
export function independent(errors: readonly YAMLError[]): readonly YAMLError[] {
  const inOrder = [...errors].sort((one, other) => one.pos[0] - other.pos[0]);
  const last = inOrder.findIndex(({ code }) => misleading.has(code));
  return last === -1 ? inOrder : inOrder.slice(0, last + 1);
}
