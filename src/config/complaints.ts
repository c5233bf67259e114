import type { LineCounter } from "yaml";
import { ConfigurationError } from "./configuration.ts";

/** Whoever mends these starts again anyway. */
const shown = 20;
/** More are not looked for: a file may consist of nothing else. */
const kept = 1000;

/** What is wrong with a file, each with its line and column. */
export class Complaints {
  readonly #file: string;
  readonly #lines: LineCounter;
  /** By what is said, for one thing may be found wrong in several ways. */
  readonly #offsets = new Map<string, number>();
  #areMore = false;

  constructor(file: string, lines: LineCounter) {
    this.#file = file;
    this.#lines = lines;
  }

  /** Adds a complaint about what begins at the offset `place`, which takes a while to find. */
  add(place: () => number, problem: string): void {
    if (this.#offsets.size >= kept) {
      this.#areMore = true;
      return;
    }
    const offset = place();
    this.#offsets.set(`${this.#file}:${this.position(offset)}: ${problem}`, offset);
  }

  /** The line and column of an offset: `12:9`. */
  position(offset: number): string {
    const { line, col } = this.#lines.linePos(offset);
    return `${String(line)}:${String(col)}`;
  }

  /** Throws {@link ConfigurationError} with what was added, in the order of the file. */
  requireNone(): void {
    if (this.#offsets.size === 0) return;
    const all = [...this.#offsets].sort(([, one], [, other]) => one - other).map(([complaint]) => complaint);
    const lines = all.slice(0, shown);
    const more = all.length - shown;
    const count = this.#areMore ? "many" : String(more);
    if (more > 0) lines.push(`${this.#file}: and ${count} more ${more === 1 ? "mistake" : "mistakes"}`);
    throw new ConfigurationError(lines.join("\n"));
  }
}
