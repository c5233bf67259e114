import { Writable } from "node:stream";
import type { Writer } from "./writer.ts";

/** The screen as readline sees it: endless in width until somebody edits, and blind where readline may not draw. */
export class Screen extends Writable {
  readonly #writer: Writer;
  readonly #isShown: boolean;
  /** Whether the line is being edited, so that readline may redraw it. */
  editing = false;
  #columns = Infinity;

  constructor(writer: Writer, isShown: boolean) {
    super();
    this.#writer = writer;
    this.#isShown = isShown;
  }

  /** The width for which the line was drawn. */
  get columns(): number {
    return this.#columns;
  }

  /** Takes the terminal to be as wide as it is now. */
  measure(): void {
    this.#columns = this.#writer.columns ?? Infinity;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    if (this.#isShown) {
      // The terminal turns a line feed into both; readline's own carriage return would be a second one.
      this.#writer.write(chunk.toString("utf8").replaceAll("\r\n", "\n"));
      this.#writer.flush();
    }
    callback();
  }
}
