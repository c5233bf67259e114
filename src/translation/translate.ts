import { readKeyLine, translateKeys } from "./keys/key-script.ts";
import { isOfKeys } from "./keys/rows.ts";
import { type ManagementShell, translateManagement } from "./management/management-script.ts";
import { lines, none } from "./words/counterpart.ts";
import type { TranslatedLine } from "./words/translated-line.ts";
import { type Part, type Tool, partsOf } from "./here-documents.ts";

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
 * Translates a script for one of the old tools, or one for a shell that calls them, to CloudHSM CLI.
 *
 * @param tool whose script it is; undefined is found out
 */
export function translate(text: string, tool: Tool | undefined, shell: ManagementShell): Translation {
  const texts = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  const parts = partsOf(texts);
  if (parts.length === 0) {
    const found = tool ?? (texts.some(isOfKeys) ? "key_mgmt_util" : "cloudhsm_mgmt_util");
    return translation([found], session(found, shell, texts, 1), []);
  }
  const found = parts.map((part) => (part.kind === "singlecmd" ? "key_mgmt_util" : part.tool));
  const around =
    "the lines of the shell around the calls are not shown: they stay, unless they read what the old tool prints";
  return translation(
    [...new Set(found)],
    parts.flatMap((part) => linesOf(part, shell)),
    [around],
  );
}

function session(
  tool: Tool,
  shell: ManagementShell,
  texts: readonly string[],
  first: number,
): readonly TranslatedLine[] {
  return tool === "key_mgmt_util" ? translateKeys(texts, first) : translateManagement(shell, texts, first);
}

function linesOf(part: Part, shell: ManagementShell): readonly TranslatedLine[] {
  if (part.kind === "singlecmd") {
    const { counterpart, shown } = readKeyLine(part.words);
    return [{ line: part.line, text: `key_mgmt_util ${shown}`, ...counterpart }];
  }
  const { end, first, texts, tool } = part;
  const call = `<<${end.word}`;
  const begin = { line: first - 1, text: `${tool} ... ${call}`, ...lines([`cloudhsm-cli interactive ${call}`]) };
  const last = { line: first + texts.length, text: end.word, ...lines([end.word]) };
  const lost = { ...last, line: last.line - 1, ...none(`the here-document does not end: ${end.word} is missing`) };
  return [begin, ...session(tool, shell, texts, first), end.isThere ? last : lost];
}

function translation(
  tools: readonly Tool[],
  written: readonly TranslatedLine[],
  notes: readonly string[],
): Translation {
  const all = written.flatMap((line) => line.lines);
  const has = (beginning: string): boolean => all.some((line) => line.startsWith(beginning));
  return {
    tools,
    lines: written,
    notes: [
      ...notes,
      "type the lines into cloudhsm-cli interactive, or give each to cloudhsm-cli by itself, without login and logout, " +
        "with CLOUDHSM_ROLE and CLOUDHSM_PIN in the environment",
      "a single command has an exit status of its own; the old session ended with 0, whatever failed in it",
      'what waits for the prompt waits for "aws-cloudhsm > " now, with its blanks, and for no (y/n)?',
      ...(has("quorum token-sign generate") ? ["tokens end with their login: quorum takes interactive mode"] : []),
    ],
  };
}
