import type { Presence } from "../../src/store/presence.ts";

/** The shells on an HSM, by their marks: they live and die as a test says. */
export class Shells {
  readonly #alive = new Set<string>();

  /** What the shell with that mark, which is alive from now on, sees of itself and the others. */
  presenceOf(mark: string): Presence {
    this.#alive.add(mark);
    return {
      announce: () => Promise.resolve(mark),
      isAlive: (other) => Promise.resolve(this.#alive.has(other)),
    };
  }

  /** Ends a shell as a killed process ends: without a word. */
  kill(mark: string): void {
    this.#alive.delete(mark);
  }
}
