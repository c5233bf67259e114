import { callsIn, longestCall, toolVariable, withTools } from "./calls.ts";
import { Ends, hereDocumentIn } from "./here-document.ts";
import { shellWords } from "./shell-words.ts";
import { type Tool, tools } from "./tools.ts";

/** A part of a script for a shell that calls a tool; `line` is the number of the call's last line. */
export type Part = { readonly line: number } & (
  | {
      /** Lines for an old tool between two of the shell. */
      readonly kind: "session";
      readonly tool: Tool;
      /** What begins them: `<<EOF`. */
      readonly operator: string;
      readonly texts: readonly string[];
      /** Whether the shell puts values in place of variables. */
      readonly isFilledIn: boolean;
      /** The word that ends it, and whether it is there. */
      readonly end: { readonly word: string; readonly isThere: boolean };
    }
  /** One command of key_mgmt_util, by its words. */
  | { readonly kind: "singlecmd"; readonly words: readonly string[] }
  /** A call whose lines are somewhere else. */
  | { readonly kind: "elsewhere"; readonly tool: Tool }
  /** A call of another vendor's tool. */
  | { readonly kind: "foreign"; readonly program: string }
);

/** The parts of a script for a shell that call a tool. */
export function partsOf(texts: readonly string[]): readonly Part[] {
  const parts: Part[] = [];
  const variables = new Map<string, string>();
  const ends = new Ends(texts);
  for (let at = 0; at < texts.length; at++) {
    const whole = wholeLine(texts, at);
    at = whole.last;
    const variable = toolVariable(whole.text);
    if (variable !== undefined) {
      variables.set(...variable);
      continue;
    }
    const line = withTools(whole.text, variables);
    const document = hereDocumentIn(line);
    const end = document && (ends.next(document, at + 1) ?? texts.length);
    let isRead = false;
    for (const { program, rest, isCommand } of callsIn(line)) {
      const tool = tools.find((each) => each === program);
      const [word, ...words] = shellWords(rest);
      if (tool === "key_mgmt_util" && word === "singlecmd") parts.push({ kind: "singlecmd", line: at + 1, words });
      else if (tool === undefined) {
        if (isCommand || document !== undefined) parts.push({ kind: "foreign", line: at + 1, program });
      } else if (document !== undefined && end !== undefined && !isRead) {
        isRead = true;
        const { isFilledIn, operator } = document;
        const ended = { word: document.word, isThere: end < texts.length };
        parts.push({
          kind: "session",
          line: at + 1,
          tool,
          operator,
          texts: texts.slice(at + 1, end),
          isFilledIn,
          end: ended,
        });
      } else if (isCommand) parts.push({ kind: "elsewhere", line: at + 1, tool });
    }
    // What is for another program is none of the shell's lines; where it does not end, it was no here-document.
    if (end !== undefined && (isRead || end < texts.length)) at = end;
  }
  return parts;
}

/** A line of a shell, which may go on over several, and the index of its last one; a comment is empty. */
function wholeLine(texts: readonly string[], first: number): { readonly text: string; readonly last: number } {
  let text = "";
  let last = first;
  if (/^\s*#/.test(texts[first] ?? "")) return { text, last };
  for (; last < texts.length; last++) {
    const part = texts[last] ?? "";
    text += part.replace(/\\$/, " ");
    if (!part.endsWith("\\") || text.length > longestCall) break;
  }
  return { text: text.length > longestCall ? "" : text, last };
}
