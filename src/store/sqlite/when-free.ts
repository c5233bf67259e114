import { setTimeout } from "node:timers/promises";
import { isBusy } from "./sqlite.ts";
import type { Patience } from "../patience.ts";

/** How long another process may hold a file before a request gives up, in milliseconds. */
const longest = 5000;

/** Milliseconds between two tries. */
const pause = 10;

/**
 * Tries until no other process holds the file, for as long as `patience` lasts. SQLite's own waiting would block the
 * only thread, with its signals and its output, and a second connection of this process could never end it. Throws
 * what the last try or `patience` threw.
 */
export async function whenFree<T>(patience: Patience, attempt: () => T): Promise<T> {
  const deadline = performance.now() + longest;
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline || !(await patience())) throw error;
    }
    await setTimeout(pause);
  }
}
