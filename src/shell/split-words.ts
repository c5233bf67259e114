/** Splits a line at blanks and nothing else: quotes and all other signs are ordinary characters. */
export function splitWords(line: string): readonly string[] {
  return line.split(/[ \t]+/).filter((word) => word !== "");
}
