import { type IPty, spawn } from "@lydell/node-pty";
import { onTestFinished } from "vitest";
import { type Start, environmentOf, program, root } from "./program.ts";

const patience = 120_000;

/** The terminal, and how the program is started there. */
export interface Place {
  readonly cols?: number;
  readonly rows?: number;
  /** A line for `sh -c` that starts the program, which is `"$@"` there; left out, the terminal starts it itself. */
  readonly below?: string;
}

/** A program at a real terminal: what it writes, and keys for it. */
export class Terminal {
  readonly #pty: IPty;
  #output = "";
  /** Up to where the output has been expected already. */
  #seen = 0;
  #changed: () => void = () => undefined;
  #exit: { readonly exitCode: number; readonly signal?: number } | undefined;

  constructor(start: Start, { cols = 80, rows = 24, below = 'exec "$@"' }: Place = {}) {
    const words = ["-c", below, "sh", process.execPath, program, ...start.words];
    this.#pty = spawn("/bin/sh", words, { cwd: root, env: environmentOf(start), cols, rows });
    this.#pty.onData((data) => {
      this.#output += data;
      this.#changed();
    });
    this.#pty.onExit((exit) => {
      this.#exit = exit;
      this.#changed();
    });
    onTestFinished(() => {
      if (this.#exit === undefined) this.#pty.kill("SIGKILL");
    });
  }

  /** Everything that was written so far. */
  get output(): string {
    return this.#output;
  }

  /** Types. A line ends with `\r`, as the Enter key sends it. */
  send(keys: string): void {
    this.#pty.write(keys);
  }

  /** Waits for `text` behind what was expected before; gives everything up to its end. */
  async expect(text: string): Promise<string> {
    await this.#until(() => this.#output.includes(text, this.#seen), `"${text}"`);
    const end = this.#output.indexOf(text, this.#seen) + text.length;
    const part = this.#output.slice(this.#seen, end);
    this.#seen = end;
    return part;
  }

  /** Gives its window another width. */
  resize(cols: number): void {
    this.#pty.resize(cols, 24);
  }

  /** Reads no more of what it writes. */
  pause(): void {
    this.#pty.pause();
  }

  /** Waits for the end of the program; gives its exit status. */
  async end(): Promise<number> {
    await this.#until(() => this.#exit !== undefined, "the end");
    return this.#exit?.exitCode ?? -1;
  }

  kill(signal: string): void {
    this.#pty.kill(signal);
  }

  get pid(): number {
    return this.#pty.pid;
  }

  async #until(holds: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + patience;
    while (!holds()) {
      const left = deadline - Date.now();
      if (left <= 0 || (this.#exit !== undefined && what !== "the end")) {
        throw new Error(
          `waited in vain for ${what}; behind what was expected stands:\n${this.#output.slice(this.#seen)}`,
        );
      }
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
        setTimeout(resolve, left).unref();
      });
    }
  }
}
