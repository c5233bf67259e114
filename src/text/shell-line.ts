/** Words as a line for a shell, quoted where that takes them apart. */
export function shellLine(words: readonly string[]): string {
  return words.map((word) => (/^[\w./~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}
