import type { NumberedLine } from "../words/translated-line.ts";

const spawning = /^\s*(?:exp_)?spawn\s/;

/** Whether a text is a script for expect: it starts a program, and sends lines to it. */
export function isForExpect(texts: readonly string[]): boolean {
  return texts.some((text) => spawning.test(text));
}

/** Of the lines of a script for expect, those that start a program, and what it gets by those that send something. */
export function sentLines(lines: readonly NumberedLine[]): readonly NumberedLine[] {
  return lines.flatMap(({ line, text }) => {
    const sent = sentBy(text);
    return sent === undefined ? [] : [{ line, text: sent }];
  });
}

function sentBy(text: string): string | undefined {
  if (/^\s*#/.test(text)) return undefined;
  if (spawning.test(text)) return text;
  const sent = /\b(?:exp_)?send\s+(?:--\s+)?"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  // A dollar that stands for itself stays as it is written, so that it is not taken for that of a variable.
  return sent?.replace(/(?:\\[rn])+$/, "").replaceAll(/\\([^$])/g, "$1");
}
