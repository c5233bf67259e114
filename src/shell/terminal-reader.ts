import type { ReadStream } from "node:tty";
import { EditedLine, type TerminalMemory } from "./edited-line.ts";
import { type Answer, type LineReader, type Purpose, longestLine } from "./line-reader.ts";
import { TypeAhead } from "./type-ahead.ts";
import type { Writer } from "./writer.ts";

/**
 * Lines from a terminal, edited by Node's readline. The terminal is in raw mode all the time, so that the kernel
 * echoes nothing; what is typed ahead waits here, unseen, until it is asked for, and each line gets a readline of
 * its own that sees no byte behind the line's end. The prompt is written by us, once: readline redraws it only when
 * somebody edits.
 */
export class TerminalReader implements LineReader {
  readonly #stream: ReadStream;
  readonly #writer: Writer;
  readonly #memory: TerminalMemory;
  readonly #typed = new TypeAhead();
  #ended = false;
  #line: EditedLine | undefined;

  constructor(stream: ReadStream, writer: Writer, memory: TerminalMemory) {
    this.#stream = stream;
    this.#writer = writer;
    this.#memory = memory;
    stream.setRawMode(true);
    stream.on("data", (bytes: Buffer) => {
      this.#typed.push(bytes);
      if (this.#typed.length > longestLine) stream.pause();
      this.#feed();
    });
    for (const event of ["end", "close", "error"]) {
      stream.on(event, () => {
        this.hangUp();
      });
    }
    process.on("SIGCONT", this.#continued);
  }

  read(prompt: string, purpose: Purpose): Promise<Answer> {
    this.#writer.write(prompt);
    this.#writer.flush();
    return new Promise((resolve) => {
      const parts = { prompt, purpose, writer: this.#writer, memory: this.#memory };
      this.#line = new EditedLine(parts, {
        answered: (answer) => {
          this.#line = undefined;
          if (answer.kind === "end") this.#end();
          resolve(answer);
        },
        completed: () => {
          this.#feed();
        },
        suspended: () => {
          this.#suspend();
        },
      });
      this.#feed();
    });
  }

  hangUp(): void {
    this.#ended = true;
    this.#feed();
  }

  close(): void {
    process.off("SIGCONT", this.#continued);
    this.#stream.setRawMode(false);
    this.#stream.destroy();
  }

  /** Gives the line what was typed, as far as it belongs to it. */
  #feed(): void {
    while (this.#line?.wantsKeys === true) {
      const bytes = this.#typed.take();
      if (bytes !== undefined) this.#line.press(bytes);
      else if (this.#ended) this.#line.end();
      else {
        this.#stream.resume();
        break;
      }
    }
  }

  /** Ctrl-D, or nobody is there any more: nothing that was typed behind it counts. */
  #end(): void {
    this.#ended = true;
    this.#typed.drop();
  }

  /** Ctrl-Z: the terminal is given back while the shell above has it. */
  #suspend(): void {
    this.#stream.setRawMode(false);
    // Returns when the process goes on; at once where no shell above could wake it, so that it does not stop.
    process.kill(process.pid, "SIGTSTP");
    this.#stream.setRawMode(true);
  }

  /** After a stop, whoever had the terminal may have left other modes. */
  readonly #continued = (): void => {
    this.#stream.setRawMode(false);
    this.#stream.setRawMode(true);
    this.#line?.redraw();
  };
}
