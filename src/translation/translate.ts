import type { ManagementShell } from "./management/management-script.ts";
import { isForExpect, sentLines } from "./scripts/sent-lines.ts";
import { type Part, partsOf } from "./scripts/shell-script.ts";
import type { Tool } from "./scripts/tools.ts";
import { type TranslatedLine, numbered } from "./words/translated-line.ts";
import { notesOn } from "./notes.ts";
import { type Section, sectionOf, sessions } from "./sections.ts";

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
    parts.map((part) => sectionOf(part, shell)),
    around,
  );
}

/** Of a text with the lines of a tool, a line with a call and nothing for it is a heading. */
function isForShell([first = ""]: readonly string[], parts: readonly Part[]): boolean {
  return /^#!.*sh\b/.test(first) || parts.some(({ kind }) => kind !== "elsewhere");
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
