/**
 * A search through the lines of a history, from the newest to the oldest, as readline's Ctrl-R does it: of a line, first
 * the last place that fits. Small letters stand for capitals, too, since the case of a command does not matter.
 */
export class ReverseSearch {
  readonly #lines: readonly string[];
  #text = "";
  #line = 0;
  #column: number;
  #failed = false;

  /**
   * @param lines the newest first; the first one is shown while nothing is found
   * @param column where in it the search begins
   */
  constructor(lines: readonly string[], column: number) {
    this.#lines = lines;
    this.#column = column;
  }

  /** What is searched for. */
  get text(): string {
    return this.#text;
  }

  /** Whether the text is in no line from the one that was found last. */
  get failed(): boolean {
    return this.#failed;
  }

  /** The line that was found last. */
  get found(): string {
    return this.#lines[this.#line] ?? "";
  }

  /** Which of the lines that is. */
  get line(): number {
    return this.#line;
  }

  /** Where in it the text begins. */
  get column(): number {
    return this.#column;
  }

  /** Searches for a longer text, which may be where the shorter one was. */
  extend(letters: string): void {
    this.#text += letters;
    this.#search(this.#column);
  }

  /** Searches for a text without its last letter, from the place on that was found last. */
  shorten(): void {
    this.#text = Array.from(this.#text).slice(0, -1).join("");
    this.#search(this.#column);
  }

  /** Goes to the place before the one that was found last. */
  goOn(): void {
    this.#search(this.#column - 1);
  }

  /** @param latest where in the present line the text may begin at most */
  #search(latest: number): void {
    const { found } = this;
    for (let line = this.#line; line < this.#lines.length; line++) {
      const candidate = this.#lines[line] ?? "";
      if (line > this.#line && candidate === found) continue;
      const column = lastPlace(candidate, this.#text, line === this.#line ? latest : candidate.length);
      if (column === -1) continue;
      this.#line = line;
      this.#column = column;
      this.#failed = false;
      return;
    }
    this.#failed = true;
  }
}

/** The last place of a text in a line, up to one; -1 where there is none. */
function lastPlace(line: string, text: string, latest: number): number {
  // `lastIndexOf` takes what is before the beginning for the beginning.
  if (latest < 0) return -1;
  return (text === lowerCase(text) ? lowerCase(line) : line).lastIndexOf(text, latest);
}

/** Only letters of ASCII, which stay as long as they were. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
