import { singleCommand, translateKeys } from "./keys/key-script.ts";
import { isOfKeys } from "./keys/rows.ts";
import { type ManagementShell, translateManagement } from "./management/management-script.ts";
import { callsIn } from "./scripts/calls.ts";
import type { Part } from "./scripts/shell-script.ts";
import { type Tool, tools } from "./scripts/tools.ts";
import { lines, none } from "./words/counterpart.ts";
import { type NumberedLine, ScriptLines, type TranslatedLine, numbered } from "./words/translated-line.ts";

/** Lines of one tool; undefined is another vendor's. */
export interface Section {
  readonly tool: Tool | undefined;
  readonly lines: readonly TranslatedLine[];
}

/** Lines for tools: whose they are, a call in front says, else the commands do. */
export function sessions(
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

/** What a script for a shell hands to a tool. */
export function sectionOf(part: Part, shell: ManagementShell): Section {
  const { line } = part;
  switch (part.kind) {
    case "singlecmd": {
      const { counterpart, shown } = singleCommand(part.words, true);
      return { tool: "key_mgmt_util", lines: [{ line, text: `key_mgmt_util ${shown}`, ...counterpart }] };
    }
    case "foreign": {
      const missing = `${part.program} is the shell of ${part.vendor}: CloudHSM CLI is for AWS CloudHSM`;
      return { tool: undefined, lines: [{ line, text: `${part.program} ...`, ...none(missing) }] };
    }
    case "elsewhere": {
      const missing = "what it reads is not in this script: give those lines to translate, as a script of their own";
      return { tool: part.tool, lines: [{ line, text: `${part.tool} ...`, ...none(missing) }] };
    }
    case "session": {
      const { end, isFilledIn, operator, texts, tool } = part;
      const begin = { line, text: `${tool} ... ${operator}`, ...lines([`cloudhsm-cli interactive ${operator}`]) };
      const last = { line: line + texts.length + 1, text: end.word, ...lines([end.word]) };
      const lost = { ...last, line: last.line - 1, ...none(`the here-document does not end: ${end.word} is missing`) };
      const script = new ScriptLines(numbered(texts, line + 1), isFilledIn);
      return { tool, lines: [begin, ...session(tool, shell, script), end.isThere ? last : lost] };
    }
  }
}
