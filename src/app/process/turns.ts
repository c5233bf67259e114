/** Seconds that work may go on before the event loop has its turn. */
const longest = 0.02;

/**
 * Turns of the event loop: signals, and output that can or cannot be written, are seen in no other moment, and
 * commands that come in one piece could keep it waiting for minutes.
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
