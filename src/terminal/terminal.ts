import { closeSync, readFileSync } from "node:fs";
import type { SocketConstructorOpts, TcpSocketConnectOpts } from "node:net";
import { ReadStream, isatty } from "node:tty";
import { endsSession } from "./keystrokes.ts";

/** Node's types have `onread` for sockets that connect only. */
type SocketConnectOptions = SocketConstructorOpts & Pick<TcpSocketConnectOpts, "onread">;

const controlC = 0x03;

/** What becomes of the bytes that are read from a terminal. */
export interface TerminalEvents {
  /** Takes a byte; returns whether another one is wanted. */
  readonly byte: (byte: number) => boolean;
  /** Nothing will come any more: the terminal is gone. */
  readonly gone: () => void;
}

/**
 * The terminal of this process, in raw mode from the moment in which it is taken, so that what is typed ahead is not
 * shown. It is read byte by byte, and only while a line is wanted: what is typed after the end of the session belongs
 * to the shell above.
 */
export class Terminal {
  /** Whether the terminal showed what is typed: a script may have turned that off. */
  readonly echoes: boolean;
  readonly #stream: ReadStream;
  /** Whether a pager behind our output has it already: modes that were found then would come back after the pager's end. */
  readonly #isPaged: boolean;
  #events: TerminalEvents | undefined;
  #interrupted: (() => void) | undefined;
  /** What was typed while Ctrl-C was watched for. */
  readonly #ahead: number[] = [];
  #gone = false;

  private constructor({ echoes, isCanonical }: Modes) {
    this.echoes = echoes;
    this.#isPaged = !isCanonical && !isatty(1);
    const callback = (): boolean => this.#take(byte[0] ?? 0);
    const byte = new Uint8Array(1);
    const options: SocketConnectOptions = { onread: { buffer: byte, callback } };
    this.#stream = new ReadStream(0, options);
    this.#stream.pause();
    for (const event of ["end", "close", "error"])
      this.#stream.on(event, () => {
        this.#gone = true;
        this.#events?.gone();
      });
    this.#setRaw(true);
  }

  /** Takes standard input, which must be a terminal. */
  static async take(): Promise<Terminal> {
    // On a dumb terminal readline would take the keys that erase for letters.
    if (process.env["TERM"] === "dumb") delete process.env["TERM"];
    return new Terminal(await modes());
  }

  /** Says what becomes of what is read. */
  listen(events: TerminalEvents): void {
    this.#events = events;
  }

  /** Reads until a byte is not followed by another one. */
  resume(): void {
    for (let byte = this.#ahead.shift(); byte !== undefined; byte = this.#ahead.shift()) {
      if (this.#events?.byte(byte) !== true) return;
    }
    if (this.#gone) this.#events?.gone();
    else this.#stream.resume();
  }

  /** Tells of Ctrl-C while something long goes on; what else is typed is kept for whoever listens later. */
  watch(interrupted: () => void): void {
    this.#interrupted = interrupted;
    this.#stream.resume();
  }

  /** Reads no more for now. */
  pause(): void {
    this.#stream.pause();
  }

  /** Ends {@link watch}. */
  unwatch(): void {
    this.#interrupted = undefined;
    this.#stream.pause();
  }

  /**
   * Stops the process and returns the terminal to the shell above, until that wakes us. Does nothing without such a
   * shell.
   */
  suspend(): void {
    if (!isJob()) return;
    this.#setRaw(false);
    // Returns when the process goes on.
    process.kill(process.pid, "SIGTSTP");
    this.#setRaw(true);
  }

  /** Takes it again after a stop: whoever had it may have left other modes. */
  retake(): void {
    this.#setRaw(false);
    this.#setRaw(true);
  }

  #take(byte: number): boolean {
    if (this.#interrupted === undefined) return this.#events?.byte(byte) ?? false;
    if (byte === controlC) this.#interrupted();
    else this.#ahead.push(byte);
    // Behind what ends the session nothing is ours to read.
    return !endsSession(this.#ahead);
  }

  /** Gives it back as it was found. */
  close(): void {
    if (this.#stream.destroyed) return;
    if (isatty(0)) this.#setRaw(false);
    this.#stream.destroy();
  }

  #setRaw(raw: boolean): void {
    if (!this.#isPaged) this.#stream.setRawMode(raw);
  }
}

/** What a terminal does by itself with what is typed. */
interface Modes {
  /** Whether it shows it. */
  readonly echoes: boolean;
  /** Whether it hands it over in lines, as it does unless a program reads key by key. */
  readonly isCanonical: boolean;
}

/**
 * Whether a shell runs this process as a job, in a group of its own. Elsewhere nobody could wake it, and what is typed
 * in the moment in which the terminal is given back would be shown.
 */
function isJob(): boolean {
  let status: string;
  try {
    status = readFileSync("/proc/self/stat", "latin1");
  } catch {
    // Only Linux tells; the others stop no process that nobody could wake.
    return true;
  }
  const [, , group, session] = status.slice(status.lastIndexOf(")") + 2).split(" ");
  return group !== session;
}

/** Asks stty, since Node does not know: only before the terminal is in raw mode does it tell. */
async function modes(): Promise<Modes> {
  const { spawn } = await import("node:child_process");
  const stty = spawn("stty", ["-a"], { stdio: ["inherit", "pipe", "ignore"] });
  let told = "";
  stty.stdout.setEncoding("utf8").on("data", (text: string) => (told += text));
  await new Promise((resolve) => stty.once("error", resolve).once("close", resolve));
  const isOff = (mode: string): boolean => new RegExp(`(?:^|\\s)-${mode}(?:\\s|;|$)`).test(told);
  return { echoes: !isOff("echo"), isCanonical: !isOff("icanon") };
}

/**
 * As a process ends, Node sets its terminals to what it found at its start, and aborts where one is gone; a closed one it
 * leaves alone. Behind a pipe that is a pager's terminal, which had it in other modes then. To be called once, at the start.
 */
export function leaveTerminals(): void {
  const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));
  const isPaged = !terminals.includes(1);
  process.once("exit", () => {
    for (const descriptor of terminals) if (isPaged || !isatty(descriptor)) closeSync(descriptor);
  });
}
