/** The widest line that no terminal breaks, and that is still read well at a wider one. */
export const widest = 79;

/** Below this, there is a word a line, and nothing is gained. */
const narrowest = 20;

/** Returns the width of text for a terminal of so many columns; a pipe gets the usual one. */
export function textWidth(columns: number | undefined): number {
  return Math.max(narrowest, Math.min(widest, (columns ?? widest + 1) - 1));
}

/** Breaks a text at spaces into lines that fit, all but the first after `indent`. */
export function wrapped(text: string, columns: number, indent = ""): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.match(/ *[^ ]+/g) ?? []) {
    if (line !== "" && line.length + word.length > columns) {
      lines.push(line);
      line = `${indent}${word.trimStart()}`;
    } else {
      line += word;
    }
  }
  return [...lines, line];
}
