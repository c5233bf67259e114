import type { Writable } from "node:stream";
import type { Destination } from "./standard-output.ts";

const largestDelay = 32_768;

/** All output: collected while commands run one after the other, written before anything is waited for. */
export class Writer {
  readonly #destination: Destination;
  readonly #stream: Writable;
  readonly #failed: (error: NodeJS.ErrnoException) => void;
  #waiting = "";
  #scheduled = false;
  #broken = false;
  #hurried = false;
  #resume: (() => void) | undefined;

  /** @param failed called once, when the output can no longer be written */
  constructor(destination: Destination, failed: (error: NodeJS.ErrnoException) => void) {
    const { stream } = destination;
    this.#destination = destination;
    this.#stream = stream;
    this.#failed = failed;
    stream.on("error", (error) => {
      this.#break(error);
    });
    stream.on("drain", () => this.#resume?.());
  }

  /** The width of the terminal that is written to; undefined where it has none. */
  get columns(): number | undefined {
    return this.#destination.columns();
  }

  /** The height of that terminal. */
  get rows(): number | undefined {
    return this.#destination.rows();
  }

  /** Whether what is written to understands the escape sequences that move a cursor. */
  get movesCursor(): boolean {
    return this.#destination.movesCursor;
  }

  /** Adds text after all that was written before; it is on its way by the next turn of the event loop. */
  write(text: string): void {
    if (this.#broken || text === "") return;
    this.#waiting += text;
    if (this.#waiting.length > largestDelay) this.flush();
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.flush();
    });
  }

  /** Sends what was collected. */
  flush(): void {
    if (this.#broken || this.#waiting === "") return;
    const text = this.#waiting;
    this.#waiting = "";
    this.#stream.write(text);
  }

  /** Resolves when the reader of the output has taken most of it: what a slow one has not taken is bounded. */
  async caughtUp(): Promise<void> {
    if (this.#broken || this.#hurried || !this.#stream.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      this.#resume = resolve;
    });
    this.#resume = undefined;
  }

  /**
   * Sends what is left, and resolves when all of it is written: only then is it known whether it could be, and only then
   * does standard error say more after it.
   */
  async written(): Promise<void> {
    this.flush();
    if (this.#broken || this.#hurried) return;
    await new Promise<void>((resolve) => {
      this.#resume = resolve;
      // Behind the event that tells of an error.
      this.#stream.write("", () => setImmediate(resolve));
    });
    this.#resume = undefined;
  }

  /** Waits for nobody from now on. */
  hurry(): void {
    this.#hurried = true;
    this.#resume?.();
  }

  #break(error: NodeJS.ErrnoException): void {
    if (this.#broken) return;
    this.#broken = true;
    this.#waiting = "";
    this.#resume?.();
    this.#failed(error);
  }
}
