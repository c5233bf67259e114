/** Seconds that work may go on before the event loop has its turn. */
const longest = 0.02;

/**
 * Yields to the event loop now and then. Only then are signals and the state of the output seen; a long pipe of
 * commands would delay them for minutes.
 */
export class Turns {
  #last = process.uptime();

  /** Gives the event loop its turn when it has waited long enough. */
  async next(): Promise<void> {
    if (process.uptime() - this.#last < longest) return;
    // From within the phase of the loop that looks for signals, only the second turn looks again.
    for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
    this.#last = process.uptime();
  }
}
