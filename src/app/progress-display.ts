import { isatty } from "node:tty";
import type { Progress } from "../fleet/progress.ts";
import { draw } from "./process/standard-error.ts";

/** Milliseconds: of a short creation nobody is told. */
const patience = 1000;
/** Milliseconds between two looks at the progress, at a terminal and where its lines stay. */
const pace = { bar: 100, lines: 5000 };
const width = 20;

/** Shows how far a creation is: one line that is redrawn at a terminal, a line now and then elsewhere. */
export class ProgressDisplay {
  readonly #progress: Progress;
  readonly #tell: (text: string) => void;
  readonly #isTerminal = isatty(2) && process.env["TERM"] !== "dumb";
  #timer: NodeJS.Timeout | undefined;
  /** Characters of the bar that is on the screen. */
  #drawn = 0;

  constructor(progress: Progress, tell: (text: string) => void) {
    this.#progress = progress;
    this.#tell = tell;
  }

  /** The work begins: from now on it is told how far it is. */
  begin(): void {
    this.#timer = setTimeout(() => {
      this.#showOn();
    }, patience);
  }

  /** Takes the bar away, before other lines. */
  clear(): void {
    if (this.#drawn > 0) draw(`\r${" ".repeat(this.#drawn)}\r`);
    this.#drawn = 0;
  }

  /** Nothing is shown any more. */
  end(): void {
    clearInterval(this.#timer);
    this.clear();
  }

  #showOn(): void {
    const { advice } = this.#progress;
    if (!this.#isTerminal) this.#show();
    if (advice !== undefined) this.#tell(`creating takes a while: ${advice}`);
    this.#timer = setInterval(
      () => {
        this.#show();
      },
      this.#isTerminal ? pace.bar : pace.lines,
    );
  }

  #show(): void {
    const { fraction, text } = this.#progress;
    if (!this.#isTerminal) {
      this.#tell(`creating: ${text}`);
      return;
    }
    const full = Math.floor(fraction * width);
    const bar = `creating [${"#".repeat(full)}${"-".repeat(width - full)}] ${text}`;
    this.clear();
    draw(bar);
    this.#drawn = bar.length;
  }
}
