import type { Readable } from "node:stream";
import { LineBuffer } from "./line-buffer.ts";
import type { Answer, Idle, LineReader, Purpose } from "./line-reader.ts";
import type { Writer } from "./writer.ts";

/** Lines from a pipe or a file. Nothing is echoed; nothing is read before it is asked for. */
export class StreamReader implements LineReader {
  readonly answerPrefix = "";
  readonly #stream: Readable;
  readonly #name: string;
  readonly #writer: Writer;
  readonly #idle: Idle;
  readonly #lines = new LineBuffer();
  #wake: (() => void) | undefined;
  #read = 0;

  /**
   * @param name what a place in it begins with: the path of a file
   * @param idle awaited before a line that has not come yet is waited for
   */
  constructor(stream: Readable, name: string, writer: Writer, idle: Idle) {
    this.#stream = stream;
    this.#name = name;
    this.#writer = writer;
    this.#idle = idle;
    stream.pause();
    stream.on("data", (chunk: Buffer) => {
      stream.pause();
      this.#lines.push(chunk);
      this.#wake?.();
    });
    for (const event of ["end", "close"]) {
      stream.on(event, () => {
        this.#lines.end();
        this.#wake?.();
      });
    }
    stream.on("error", () => {
      this.hangUp();
    });
  }

  get line(): number {
    return this.#read;
  }

  get place(): string {
    return `${this.#name}:${String(this.#read)}`;
  }

  async read(prompt: string, purpose: Purpose): Promise<Answer> {
    const ready = this.#lines.take() ?? (await this.#takeAtHand());
    // Before the prompt: whoever sees it finds everything settled.
    if (ready === undefined) await this.#idle();
    this.#writer.write(prompt);
    const answer = ready ?? (await this.#next());
    this.#read++;
    if (purpose === "password") this.#writer.write("\n");
    return answer;
  }

  /** Where nothing is typed, Ctrl-C comes as a signal, which is a hang-up. */
  interrupted(): Promise<boolean> {
    return Promise.resolve(false);
  }

  hangUp(): void {
    this.#lines.hangUp();
    this.#wake?.();
  }

  close(): void {
    this.#stream.destroy();
  }

  /** What a pipe has at hand comes by the second turn of the event loop. */
  async #takeAtHand(): Promise<Answer | undefined> {
    this.#stream.resume();
    for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
    return this.#lines.take();
  }

  async #next(): Promise<Answer> {
    for (;;) {
      const answer = this.#lines.take();
      if (answer !== undefined) return answer;
      this.#writer.flush();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        this.#stream.resume();
      });
      this.#wake = undefined;
    }
  }
}
