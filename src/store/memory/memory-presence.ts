import type { MemoryPlace } from "./memory-place.ts";
import type { Presence } from "../presence.ts";

/** A mark in memory, which no shell of another process sees. */
export class MemoryPresence implements Presence {
  readonly #place: MemoryPlace;
  readonly #mark = Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString("hex");

  constructor(place: MemoryPlace) {
    this.#place = place;
  }

  announce(): Promise<string> {
    this.#place.marks.add(this.#mark);
    return Promise.resolve(this.#mark);
  }

  isAlive(mark: string): Promise<boolean> {
    return Promise.resolve(this.#place.marks.has(mark));
  }

  /** Takes the mark away. */
  close(): void {
    this.#place.marks.delete(this.#mark);
  }
}
