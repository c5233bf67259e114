/** Splits a line at blanks and nothing else: quotes and all other signs are ordinary characters. */
export function splitWords(line: string): readonly string[] {
  return line.split(/[ \t]+/).filter((word) => word !== "");
}

/** Text that reaches a terminal: control characters, which could change more than they show, become `?`. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "?");
}
