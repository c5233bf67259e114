import { setImmediate } from "node:timers/promises";

/** Milliseconds that work may go on before the event loop has its turn. */
const longest = 20;

/**
 * Turns of the event loop: signals, and output that can or cannot be written, are seen in no other moment, and
 * commands that come in one piece could keep it waiting for minutes.
 */
export class Turns {
  #last = performance.now();

  /** Gives the event loop its turn when it has waited long enough. */
  async next(): Promise<void> {
    if (performance.now() - this.#last < longest) return;
    await setImmediate();
    this.#last = performance.now();
  }
}
