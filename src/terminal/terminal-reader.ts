import { EditedLine, type TerminalMemory } from "./edited-line.ts";
import type { LastSearch } from "./history-search.ts";
import { KeyDecoder, endsSession, isInterrupt, isStop } from "./keystrokes.ts";
import type { Answer, Idle, LineReader, Purpose } from "./line-reader.ts";
import type { Terminal } from "./terminal.ts";
import type { Writer } from "./writer.ts";

/**
 * Lines from a terminal, edited by Node's readline. The terminal is in raw mode all the time, so that the kernel
 * echoes nothing; what is typed ahead waits there, without echo, until it is asked for, and each line gets a readline of
 * its own that sees no byte after the line's end. The prompt is written by us, once: readline redraws it only when
 * somebody edits.
 */
export class TerminalReader implements LineReader {
  readonly answerPrefix = "";
  readonly place = undefined;
  #read = 0;
  readonly #terminal: Terminal;
  readonly #writer: Writer;
  readonly #memory: TerminalMemory;
  readonly #idle: Idle;
  readonly #decoder = new KeyDecoder();
  /** Keys that were read, until the line takes them all at once: it measures itself each time. */
  #keys: number[] = [];
  #ended = false;
  /** Whether keys are read though no line wants them, to find a Ctrl-C among them. */
  #lookingAhead = false;
  #line: EditedLine | undefined;
  readonly #lastSearch: LastSearch = { text: "" };
  /** Whether Ctrl-C was found while no line was asked for, since the last one was. */
  #interrupted = false;

  /** @param idle awaited before a prompt with nothing typed ahead */
  constructor(terminal: Terminal, writer: Writer, memory: TerminalMemory, idle: Idle) {
    this.#terminal = terminal;
    this.#writer = writer;
    this.#memory = memory;
    this.#idle = idle;
    terminal.listen({
      byte: (byte) => this.#take(byte),
      gone: () => {
        this.hangUp();
      },
    });
    process.on("SIGCONT", this.#continued);
  }

  get line(): number {
    return this.#read;
  }

  async read(prompt: string, purpose: Purpose): Promise<Answer> {
    this.#interrupted = false;
    this.#read++;
    // Before the prompt it shows whether anything was typed ahead: after it, a script may answer at once.
    if (this.#keys.length === 0) await this.#waitForKeys();
    this.#writer.write(prompt);
    this.#writer.flush();
    return new Promise((resolve) => {
      const { echoes } = this.#terminal;
      const [writer, memory, lastSearch] = [this.#writer, this.#memory, this.#lastSearch];
      const parts = { prompt, purpose, echoes, writer, memory, lastSearch };
      this.#line = new EditedLine(parts, {
        answered: (answer) => {
          this.#line = undefined;
          if (answer.kind === "end") this.#ended = true;
          resolve(answer);
        },
        completed: () => {
          this.#goOn();
        },
        suspended: () => {
          this.#terminal.suspend();
        },
      });
      this.#goOn();
    });
  }

  async interrupted(): Promise<boolean> {
    // A line that is asked for takes its Ctrl-C itself; after what ends the session nothing is ours to read.
    if (this.#line !== undefined || this.#ended || endsSession(this.#keys)) return this.#interrupted;
    this.#lookingAhead = true;
    let before: number;
    do {
      before = this.#keys.length;
      await this.#readWhatIsThere();
    } while (this.#keys.length > before && !endsSession(this.#keys));
    this.#lookingAhead = false;
    this.#terminal.pause();
    const at = this.#keys.findLastIndex(isInterrupt);
    this.#keys = this.#keys.slice(at + 1);
    this.#interrupted ||= at !== -1;
    return this.#interrupted;
  }

  hangUp(): void {
    this.#ended = true;
    this.#pressKeys();
    this.#line?.end();
  }

  close(): void {
    this.#ended = true;
    process.off("SIGCONT", this.#continued);
    this.#terminal.close();
  }

  /** Reads on for the line. */
  #goOn(): void {
    if (this.#ended) {
      this.#line?.end();
      return;
    }
    this.#pressKeys();
    if (this.#line?.wantsKeys === true) this.#terminal.resume();
  }

  async #waitForKeys(): Promise<void> {
    await this.#readWhatIsThere();
    if (this.#keys.length > 0) return;
    this.#decoder.waited();
    this.#writer.flush();
    await this.#idle();
  }

  /** Reads what is there already, if only a key of it: that is over by the second turn of the event loop. */
  async #readWhatIsThere(): Promise<void> {
    this.#terminal.resume();
    for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  #take(byte: number): boolean {
    const key = this.#decoder.decode(byte);
    if (key === undefined) return true;
    this.#keys.push(key);
    if (this.#lookingAhead) return !endsSession(this.#keys);
    if (isStop(key)) this.#pressKeys();
    else if (this.#keys.length === 1) {
      setImmediate(() => {
        this.#pressKeys();
      });
    }
    return this.#line?.wantsKeys === true;
  }

  /** Without a line that wants them, keys stay; a line takes none after one that may end it. */
  #pressKeys(): void {
    while (this.#keys.length > 0 && this.#line?.wantsKeys === true) {
      const stop = this.#keys.findIndex(isStop);
      this.#line.press(Buffer.from(this.#keys.splice(0, stop === -1 ? this.#keys.length : stop + 1)));
    }
  }

  /** After a stop, whoever had the terminal may have left other modes. */
  readonly #continued = (): void => {
    this.#terminal.retake();
    this.#line?.redraw();
  };
}
