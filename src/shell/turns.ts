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
    await new Promise((resolve) => setImmediate(resolve));
    this.#last = process.uptime();
  }
}
