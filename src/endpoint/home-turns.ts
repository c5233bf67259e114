/**
 * Who may visit the home when: those who read it do so together, whoever changes it does so alone, all in the order in
 * which they came. An HSM that somebody reads cannot be deleted, and one that is deleted cannot be read.
 */
export class HomeTurns {
  /** Fulfilled when all that was to be done alone has ended. */
  #alone: Promise<unknown> = Promise.resolve();
  /** What reads and came after the last that is alone. */
  #together = new Set<Promise<unknown>>();

  /** Reads beside others who do. */
  together<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#alone.then(work);
    const readers = this.#together;
    const ended: Promise<unknown> = turn.then(nothing, nothing).then(() => readers.delete(ended));
    readers.add(ended);
    return turn;
  }

  /** Changes what is there while nobody else is. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = Promise.all([this.#alone, ...this.#together]).then(work);
    this.#alone = turn.then(nothing, nothing);
    this.#together = new Set();
    return turn;
  }
}

function nothing(): void {
  // Whoever asked for the turn hears how it ended.
}
