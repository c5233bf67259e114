import { type Interface, type Key, createInterface, emitKeypressEvents, moveCursor } from "node:readline";
import { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { HistorySearch, type LastSearch } from "./history-search.ts";
import { type Answer, type Purpose, longestLine } from "./line-reader.ts";
import { Screen } from "./screen.ts";
import { endsLine, interrupts, isEditing } from "./keystrokes.ts";
import { printable } from "../text/printable.ts";
import type { Writer } from "./writer.ts";

/** Bytes of the longest line that is edited: readline measures all of it at each key. */
const longestEdited = 4096;

const historySize = 1000;

/** What Tab proposes: the candidates, and the part of the line that they stand for. */
type Completer = (line: string) => Promise<[candidates: string[], part: string]>;

/** What a terminal remembers and proposes. */
export interface TerminalMemory {
  /** Earlier commands, the newest first. */
  readonly history: () => readonly string[];
  readonly complete: Completer;
}

/** Whether readline draws the line, whether it is shown as a typewriter would, or not at all. */
type Display = "edited" | "plain" | "none";

/** A pipe and a terminal that cannot move its cursor get no escape sequence. */
function displayOf({ purpose, echoes, writer }: LineParts): Display {
  if (purpose === "password" || !echoes) return "none";
  return writer.movesCursor ? "edited" : "plain";
}

/** What a line is made of. */
export interface LineParts {
  readonly prompt: string;
  readonly purpose: Purpose;
  /** Whether the terminal shows what is typed. */
  readonly echoes: boolean;
  readonly writer: Writer;
  readonly memory: TerminalMemory;
  readonly lastSearch: LastSearch;
}

/** What a line tells whoever reads it. */
export interface LineEvents {
  /** Called once. */
  readonly answered: (answer: Answer) => void;
  /** A word was completed: more keys are wanted. */
  readonly completed: () => void;
  /** Ctrl-Z. */
  readonly suspended: () => void;
}

/** One line at a terminal, after a prompt that is written already, edited by a readline of its own. */
export class EditedLine {
  readonly #parts: LineParts;
  readonly #events: LineEvents;
  readonly #keys = new Keys();
  readonly #display: Display;
  readonly #screen: Screen;
  readonly #line: Interface;
  /** Ctrl-R, where readline draws a command. */
  readonly #search: HistorySearch | undefined;
  /** What follows the prompt on a plain display. */
  #shown = "";
  #state: "open" | "completing" | "answered" = "open";
  #tooLong = false;

  constructor(parts: LineParts, events: LineEvents) {
    const { prompt, purpose, writer, memory, lastSearch: last } = parts;
    const history = purpose === "command" ? [...memory.history()] : [];
    this.#parts = parts;
    this.#events = events;
    this.#display = displayOf(parts);
    this.#screen = new Screen(writer, this.#display === "edited");
    this.#line = createInterface({
      // It hears nothing there: a search may take keys before they are written to it.
      input: new Keys(),
      output: this.#screen,
      terminal: true,
      prompt,
      ...(purpose === "command" ? { history, historySize, completer: this.#complete } : { historySize: 0 }),
    });
    if (purpose === "command" && this.#display === "edited") {
      this.#search = new HistorySearch({ editor: this.#line, prompt, history, last });
    }
    emitKeypressEvents(this.#keys, this.#line);
    this.#keys.on("keypress", this.#pressed);
    this.#line.on("line", (text) => {
      this.#show(text);
      this.#answer({ kind: "line", text });
    });
    this.#line.on("SIGINT", () => {
      // What follows is written below a line of several rows, not into it.
      if (this.#display === "edited") this.#line.write(null, { ctrl: true, name: "e" });
      this.#answer({ kind: "interrupted" });
    });
    this.#line.on("SIGTSTP", events.suspended);
    this.#line.on("close", () => {
      this.end();
    });
  }

  /** Whether keys may be pressed now: none while a word is being completed, and none after the end. */
  get wantsKeys(): boolean {
    return this.#state === "open";
  }

  /** Feeds keys to readline; only the last may be one after which reading pauses. */
  press(bytes: Buffer): void {
    if (!this.#screen.editing && isEditing(bytes)) this.#startEditing();
    const longest = this.#screen.editing ? longestEdited : longestLine;
    this.#tooLong ||= Buffer.byteLength(this.#search?.text ?? this.#line.line) + bytes.length > longest;
    if (!this.#tooLong) this.#keys.press(bytes, this.#screen.editing);
    else if (endsLine(bytes)) this.#answer({ kind: "tooLong", longest });
    // Readline took the key for a part of an escape sequence that broke off there, or the line was too long for it; to a
    // search, a line break that was pasted is a part of the text.
    const isMissed = interrupts(bytes) || (endsLine(bytes) && this.#search?.text === undefined);
    if (this.wantsKeys && isMissed) this.#keys.press(bytes.subarray(-1), false);
    if (!this.wantsKeys) return;
    this.#search?.draw();
    this.#show(this.#line.line);
  }

  /** No more keys will come. */
  end(): void {
    this.#answer({ kind: "end" });
  }

  /** Draws the line once more, where somebody edits it. */
  redraw(): void {
    if (!this.#screen.editing) return;
    if (this.#display === "edited") this.#line.prompt(true);
    else this.#parts.writer.write(`${this.#parts.prompt}${this.#shown}`);
  }

  readonly #pressed = (letters: string | undefined, key: Key): void => {
    // A lone Esc is known for one only when nothing has followed it for a while.
    if (this.#state === "answered" || this.#search?.press(letters, key) === true) return;
    this.#line.write(letters ?? null, key);
  };

  /** Where readline may not draw: characters after the others, and those that are taken back erased one by one. */
  #show(text: string): void {
    if (this.#display !== "plain") return;
    const line = printable(text);
    let same = 0;
    while (same < line.length && line[same] === this.#shown[same]) same++;
    this.#parts.writer.write(`${"\b \b".repeat(this.#shown.length - same)}${line.slice(same)}`);
    this.#parts.writer.flush();
    this.#shown = line;
  }

  #answer(answer: Answer): void {
    if (this.#state === "answered") return;
    this.#state = "answered";
    if (this.#screen.editing) process.stdout.off("resize", this.#resized);
    this.#line.close();
    if (this.#lacksLineFeed(answer)) this.#parts.writer.write("\n");
    this.#events.answered(answer);
  }

  /** What nobody has shown of a line, because it is hidden, broken off or never came, is its line feed. */
  #lacksLineFeed({ kind }: Answer): boolean {
    const { purpose, echoes } = this.#parts;
    if (kind !== "line" || purpose === "password") return true;
    return echoes && this.#display === "plain";
  }

  /** Node measures the terminal before it tells of another size. */
  #startEditing(): void {
    startEditing(this.#screen, this.#line);
    process.stdout.on("resize", this.#resized);
  }

  /** The terminal has broken the line anew, so that its first row is where the new width has it. */
  readonly #resized = (): void => {
    const { rows: drawn } = this.#line.getCursorPos();
    this.#screen.measure();
    if (this.#display !== "edited") return;
    moveCursor(this.#screen, 0, drawn - this.#line.getCursorPos().rows);
    this.#line.prompt(true);
  };

  readonly #complete = (text: string, propose: (error: null, result: [string[], string]) => void): void => {
    this.#state = "completing";
    void proposals(this.#parts.memory.complete, text).then((result) => {
      if (this.#state === "answered") return;
      this.#state = "open";
      propose(null, result);
      this.#events.completed();
    });
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
  screen.measure();
  const { rows, cols } = line.getCursorPos();
  if (rows === 0) return;
  // Behind a full row, the cursor waits at its end until the next letter comes.
  moveCursor(screen, 0, cols === 0 ? 1 - rows : -rows);
  line.prompt(true);
}

async function proposals(complete: Completer, line: string): Promise<[candidates: string[], part: string]> {
  try {
    return await complete(line);
  } catch {
    // An HSM that cannot be asked proposes nothing.
    return [[], line];
  }
}
