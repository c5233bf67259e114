/** The options of a login to the key utility, and whether each has a word. */
const loginOptions: ReadonlyMap<string, boolean> = new Map([
  ["-u", true],
  ["-s", true],
  ["-p", true],
  ["-hpswd", false],
  ["-h", false],
]);

/** How many words of a single command are its login: that takes its own options, and the first other word begins the command. */
export function endOfLogin(words: readonly string[]): number {
  if (words[0]?.toLowerCase() !== "loginhsm") return 0;
  let at = 1;
  for (;;) {
    const hasWord = loginOptions.get(words[at] ?? "");
    if (hasWord === undefined) return at;
    at += hasWord ? 2 : 1;
  }
}

/** A word as it is written in a line: one with blanks stands between quotes. */
export function rejoined(word: string): string {
  return /\s/.test(word) ? `"${word}"` : word;
}

/**
 * The lines that the words of a single command are: its login, where there is one, and the command.
 *
 * @param words behind `singlecmd`
 */
export function linesOf(words: readonly string[]): readonly string[] {
  const end = endOfLogin(words);
  const lines = [words.slice(0, end), words.slice(end)];
  return lines.filter((line) => line.length > 0).map((line) => line.map(rejoined).join(" "));
}
