import type { Locks } from "./locks.ts";
import type { Presence } from "../presence.ts";

/**
 * Marks that are locks of a session of the server, which drops them when the connection of their shell ends: also where
 * the shell's machine is gone.
 */
export class PostgresPresence implements Presence {
  readonly #locks: Locks;
  #mark: number | undefined;
  #announcing: Promise<string> | undefined;

  constructor(locks: Locks) {
    this.#locks = locks;
  }

  announce(): Promise<string> {
    this.#announcing ??= this.#announce().finally(() => (this.#announcing = undefined));
    return this.#announcing;
  }

  isAlive(mark: string): Promise<boolean> {
    const [, number] = /^shell-(\d{1,9})$/.exec(mark) ?? [];
    return number === undefined ? Promise.resolve(false) : this.#locks.isTaken(Number(number));
  }

  async #announce(): Promise<string> {
    // Another one where the connection was lost, and somebody was told meanwhile that this shell is dead.
    if (this.#mark === undefined || !(await this.#locks.has(this.#mark))) {
      const mark = await this.#locks.draw();
      await this.#locks.take(mark, "exclusive");
      this.#mark = mark;
    }
    return `shell-${String(this.#mark)}`;
  }
}
