import { singleCommand, translateKeys } from "./keys/key-script.ts";
import { isOfKeys } from "./keys/rows.ts";
import { type ManagementShell, translateManagement } from "./management/management-script.ts";
import { callsIn } from "./scripts/calls.ts";
import { isForExpect, sentLines } from "./scripts/sent-lines.ts";
import { type Part, partsOf } from "./scripts/shell-script.ts";
import { type Tool, foreignTools, tools } from "./scripts/tools.ts";
import { lines, none } from "./words/counterpart.ts";
import { type NumberedLine, ScriptLines, type TranslatedLine, numbered } from "./words/translated-line.ts";
import { notesOn } from "./notes.ts";

export type { Tool } from "./scripts/tools.ts";

/** A script, line by line. */
export interface Translation {
  /** The tools whose lines were found. */
  readonly tools: readonly Tool[];
  /** All lines but empty ones; of a script for a shell, those that an old tool gets, and the calls of it. */
  readonly lines: readonly TranslatedLine[];
  /** What holds for the whole of it. */
  readonly notes: readonly string[];
}

/**
 * Translates a script for one of the old tools, or one for a shell or expect that calls them, to CloudHSM CLI.
 *
 * @param tool whose script it is; undefined is found out
 */
export function translate(text: string, tool: Tool | undefined, shell: ManagementShell): Translation {
  const texts = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  if (isForExpect(texts)) {
    const around = "what the script for expect sends is shown; change what it waits for, too";
    return translation(sessions(sentLines(numbered(texts, 1)), tool, shell, true), around);
  }
  const parts = partsOf(texts);
  if (!isForShell(texts, parts)) return translation(sessions(numbered(texts, 1), tool, shell, false));
  const around =
    "the lines of the shell around the calls are not shown: they stay, unless they read what the old tool prints";
  return translation(
    parts.map((part) => ({ tool: toolOf(part), lines: linesOf(part, shell) })),
    around,
  );
}

/** Lines of one tool; undefined is another vendor's. */
interface Section {
  readonly tool: Tool | undefined;
  readonly lines: readonly TranslatedLine[];
}

/** Of a text with the lines of a tool, a line with a call and nothing for it is a heading. */
function isForShell([first = ""]: readonly string[], parts: readonly Part[]): boolean {
  return /^#!.*sh\b/.test(first) || parts.some(({ kind }) => kind !== "elsewhere");
}

/** Lines for tools: whose they are, a call in front says, else the commands do. */
function sessions(
  texts: readonly NumberedLine[],
  tool: Tool | undefined,
  shell: ManagementShell,
  isFilledIn: boolean,
): readonly Section[] {
  const found = tool ?? (texts.some(({ text }) => isOfKeys(text)) ? "key_mgmt_util" : "cloudhsm_mgmt_util");
  const calls = texts.flatMap(({ line, text }, at) => {
    const called = callsIn(text).find(({ isCommand }) => isCommand)?.program;
    const own = tools.find((each) => each === called);
    return own === undefined ? [] : [{ at, line, tool: own }];
  });
  const until = (next: number): number => calls[next]?.at ?? texts.length;
  const before = session(found, shell, new ScriptLines(texts.slice(0, until(0)), isFilledIn));
  return [
    ...(before.length === 0 && calls.length > 0 ? [] : [{ tool: found, lines: before }]),
    ...calls.map(({ at, line, tool: own }, index) => {
      const call = { line, text: `${own} ...`, ...lines(["cloudhsm-cli interactive"]) };
      const script = new ScriptLines(texts.slice(at + 1, until(index + 1)), isFilledIn);
      return { tool: own, lines: [call, ...session(own, shell, script)] };
    }),
  ];
}

function session(tool: Tool, shell: ManagementShell, script: ScriptLines): readonly TranslatedLine[] {
  return tool === "key_mgmt_util" ? translateKeys(script) : translateManagement(shell, script);
}

function toolOf(part: Part): Tool | undefined {
  if (part.kind === "foreign") return undefined;
  return part.kind === "singlecmd" ? "key_mgmt_util" : part.tool;
}

function linesOf(part: Part, shell: ManagementShell): readonly TranslatedLine[] {
  const { line } = part;
  switch (part.kind) {
    case "singlecmd": {
      const { counterpart, shown } = singleCommand(part.words, true);
      return [{ line, text: `key_mgmt_util ${shown}`, ...counterpart }];
    }
    case "foreign": {
      const missing = `${part.program} is the shell of ${foreignTools.get(part.program) ?? "another vendor"}: CloudHSM CLI is for AWS CloudHSM`;
      return [{ line, text: `${part.program} ...`, ...none(missing) }];
    }
    case "elsewhere": {
      const missing = "what it reads is not in this script: give those lines to translate, as a script of their own";
      return [{ line, text: `${part.tool} ...`, ...none(missing) }];
    }
    case "session": {
      const { end, isFilledIn, operator, texts, tool } = part;
      const begin = { line, text: `${tool} ... ${operator}`, ...lines([`cloudhsm-cli interactive ${operator}`]) };
      const last = { line: line + texts.length + 1, text: end.word, ...lines([end.word]) };
      const lost = { ...last, line: last.line - 1, ...none(`the here-document does not end: ${end.word} is missing`) };
      const script = new ScriptLines(numbered(texts, line + 1), isFilledIn);
      return [begin, ...session(tool, shell, script), end.isThere ? last : lost];
    }
  }
}

function translation(sections: readonly Section[], ...around: readonly string[]): Translation {
  const written = sections.flatMap((section) => section.lines);
  const found = sections.map(({ tool }) => tool).filter((tool) => tool !== undefined);
  return {
    tools: [...new Set(found)],
    lines: written,
    notes: written.some((line) => line.lines.length > 0) ? [...around, ...notesOn(written)] : [],
  };
}
