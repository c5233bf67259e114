import { type Interface, createInterface, moveCursor } from "node:readline";
import { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import type { ReadStream } from "node:tty";
import { type Answer, type LineReader, type Purpose, longestLine } from "./line-reader.ts";
import { Screen } from "./screen.ts";
import { TypeAhead, endsLine, interrupts, isEditing } from "./type-ahead.ts";
import type { Writer } from "./writer.ts";

/** Bytes of the longest line that is edited: readline measures all of it at each key. */
const longestEdited = 4096;

/** What Tab proposes: the candidates, and the part of the line that they stand for. */
type Completer = (line: string) => Promise<[candidates: string[], part: string]>;

/** What a terminal remembers and proposes. */
export interface TerminalMemory {
  /** Earlier commands, the newest first. */
  readonly history: () => readonly string[];
  readonly complete: Completer;
}

/** A line that is being read. */
interface OpenLine {
  /** Takes what is typed as far as it belongs to this line. */
  readonly feed: () => void;
  /** Draws the line once more, where somebody edits it. */
  readonly redraw: () => void;
}

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
  #line: OpenLine | undefined;

  constructor(stream: ReadStream, writer: Writer, memory: TerminalMemory) {
    this.#stream = stream;
    this.#writer = writer;
    this.#memory = memory;
    stream.setRawMode(true);
    stream.on("data", (bytes: Buffer) => {
      this.#typed.push(bytes);
      if (this.#typed.length > longestLine) stream.pause();
      this.#line?.feed();
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
      const keys = new Keys();
      const screen = new Screen(this.#writer, purpose === "password");
      let open = true;
      const isOpen = (): boolean => open;
      let completing = false;
      let tooLong = false;
      const completer = (text: string, callback: (error: null, result: [string[], string]) => void): void => {
        completing = true;
        void propose(this.#memory.complete, text).then((result) => {
          completing = false;
          if (!open) return;
          callback(null, result);
          feed();
        });
      };
      const line = createInterface({
        input: keys,
        output: screen,
        terminal: true,
        prompt,
        history: purpose === "command" ? [...this.#memory.history()] : [],
        historySize: purpose === "command" ? 1000 : 0,
        ...(purpose === "command" ? { completer } : {}),
      });
      const answer = (given: Answer): void => {
        if (!open) return;
        open = false;
        this.#line = undefined;
        line.close();
        // What readline has not shown of a line, because it is hidden, broken off or never came, is its line feed.
        if (purpose === "password" || given.kind !== "line") this.#writer.write("\n");
        resolve(given);
      };
      const feed = (): void => {
        while (isOpen() && !completing) {
          const bytes = this.#typed.take();
          if (bytes === undefined) break;
          if (!screen.editing && isEditing(bytes)) startEditing(screen, line);
          const longest = screen.editing ? longestEdited : longestLine;
          tooLong ||= Buffer.byteLength(line.line) + bytes.length > longest;
          if (!tooLong) keys.press(bytes, screen.editing);
          else if (endsLine(bytes)) answer({ kind: "tooLong", longest });
          // Readline took the key for a part of an escape sequence that broke off there, or the line was too long for it.
          if (isOpen() && (endsLine(bytes) || interrupts(bytes))) keys.press(bytes.subarray(-1), false);
        }
        if (!open || completing) return;
        if (this.#ended) answer({ kind: "end" });
        else this.#stream.resume();
      };
      line.on("line", (text) => {
        answer({ kind: "line", text });
      });
      line.on("SIGINT", () => {
        // What follows is written below a line of several rows, not into it.
        line.write(null, { ctrl: true, name: "e" });
        answer({ kind: "interrupted" });
      });
      line.on("SIGTSTP", () => {
        this.#suspend();
      });
      line.on("close", () => {
        if (open) this.#end();
        answer({ kind: "end" });
      });
      const redraw = (): void => {
        if (!screen.editing) return;
        if (purpose === "password") this.#writer.write(prompt);
        else line.prompt(true);
      };
      this.#line = { feed, redraw };
      feed();
    });
  }

  hangUp(): void {
    this.#ended = true;
    this.#line?.feed();
  }

  close(): void {
    process.off("SIGCONT", this.#continued);
    this.#stream.setRawMode(false);
    this.#stream.destroy();
  }

  /** Ctrl-D: nothing that was typed behind it counts. */
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

/** Where readline listens: bytes reach it in the moment in which they are pressed. */
class Keys extends Readable {
  readonly #decoder = new StringDecoder("utf8");

  override _read(): void {
    // Nothing to fetch: bytes are pushed by the terminal.
  }

  /**
   * Line and paragraph separators, which would end a line for readline though they do not for a terminal, are lost.
   *
   * @param singly whether each key comes by itself: readline appends several at once to the line, wherever the cursor is
   */
  press(bytes: Buffer, singly: boolean): void {
    const typed = this.#decoder.write(bytes).replace(/[\u2028\u2029]/g, "\ufffd");
    for (const keys of singly ? typed : [typed]) this.emit("data", keys);
  }
}

/**
 * Lets readline know the width of the terminal from now on, and draws the line once more so that it knows where
 * the cursor is. Until then it takes the line for endless, and never redraws it in front of a script.
 */
function startEditing(screen: Screen, line: Interface): void {
  screen.editing = true;
  const { rows, cols } = line.getCursorPos();
  if (rows === 0) return;
  // Behind a full row, the cursor waits at its end until the next letter comes.
  moveCursor(screen, 0, cols === 0 ? 1 - rows : -rows);
  line.prompt(true);
}

async function propose(complete: Completer, line: string): Promise<[candidates: string[], part: string]> {
  try {
    return await complete(line);
  } catch {
    // An HSM that cannot be asked proposes nothing.
    return [[], line];
  }
}
