import { type Call, callsIn, longestCall, toolVariable, withTools } from "./calls.ts";
import { Ends, type HereDocument, hereDocumentIn } from "./here-document.ts";
import { shellWords } from "./shell-words.ts";
import { type Tool, foreignTools, tools } from "./tools.ts";

/** Lines for an old tool between two of the shell. */
interface Session {
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

/** A part of a script for a shell that calls a tool; `line` is the number of the call's last line. */
export type Part = { readonly line: number } & (
  | Session
  /** One command of key_mgmt_util, by its words. */
  | { readonly kind: "singlecmd"; readonly words: readonly string[] }
  /** A call whose lines are somewhere else. */
  | { readonly kind: "elsewhere"; readonly tool: Tool }
  /** A call of another vendor's tool. */
  | { readonly kind: "foreign"; readonly program: string; readonly vendor: string }
);

/** The parts of a script for a shell that call a tool. */
export function partsOf(texts: readonly string[]): readonly Part[] {
  return [...shellLines(texts)].flatMap(partsIn);
}

/** A line of a shell, and what it hands to a program. */
interface ShellLine {
  readonly line: number;
  readonly text: string;
  readonly calls: readonly Call[];
  readonly document: (HereDocument & Pick<Session, "texts" | "end">) | undefined;
}

/** The lines that are the shell's, with the names of tools in place of variables that have their paths. */
function* shellLines(texts: readonly string[]): Generator<ShellLine> {
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
    const text = withTools(whole.text, variables);
    const calls = callsIn(text);
    const begun = hereDocumentIn(text);
    const end = begun && ends.next(begun, at + 1);
    // Where it does not end, it is one for a tool, or none.
    const isThere = end !== undefined;
    const document =
      begun === undefined || (!isThere && calls.length === 0)
        ? undefined
        : { ...begun, texts: texts.slice(at + 1, end), end: { word: begun.word, isThere } };
    yield { line: at + 1, text, calls, document };
    if (document !== undefined) at = end ?? texts.length;
  }
}

function partsIn({ line, calls, document }: ShellLine): readonly Part[] {
  const reader = calls.find(({ program, rest }) => isOwn(program) && !isSingle(program, rest));
  return calls.flatMap((call): readonly Part[] => {
    const { program, rest, isCommand } = call;
    if (!isOwn(program)) {
      const vendor = foreignTools.get(program);
      const isCalled = isCommand || document !== undefined;
      return isCalled && vendor !== undefined ? [{ kind: "foreign", line, program, vendor }] : [];
    }
    if (isSingle(program, rest)) return [{ kind: "singlecmd", line, words: shellWords(rest).slice(1) }];
    if (call !== reader || document === undefined) return isCommand ? [{ kind: "elsewhere", line, tool: program }] : [];
    const { end, isFilledIn, operator, texts } = document;
    return [{ kind: "session", line, tool: program, operator, texts, isFilledIn, end }];
  });
}

function isOwn(program: string): program is Tool {
  return tools.some((tool) => tool === program);
}

function isSingle(program: string, rest: string): boolean {
  return program === "key_mgmt_util" && /^["']?\s+singlecmd(?:\s|$)/.test(rest);
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
