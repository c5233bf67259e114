import { Cancelled } from "../../command/cancelled.ts";
import type { HangUp } from "./hang-up.ts";
import { interruptible } from "./interruptible.ts";
import type { LineReader } from "../../terminal/line-reader.ts";
import type { ShellProcess } from "./shell-process.ts";

/** Milliseconds between two looks whether somebody is called away. */
const step = 20;

/** How long a session's requests wait for other processes: until somebody hangs up, or presses Ctrl-C meanwhile. */
export class RequestPatience {
  readonly #hangUp: HangUp;
  readonly #terminal: ShellProcess["terminal"];
  #reader: LineReader | undefined;

  constructor({ hangUp, terminal }: Pick<ShellProcess, "hangUp" | "terminal">) {
    this.#hangUp = hangUp;
    this.#terminal = terminal;
  }

  /** Looks for Ctrl-C from now on, until the reader is closed. */
  watch(reader: LineReader): void {
    this.#reader = reader;
  }

  /**
   * Whether a request may go on waiting. Rejects with {@link Cancelled} at Ctrl-C, so that its command ends as it does at
   * a question: no server after this one is asked.
   */
  readonly patience = async (): Promise<boolean> => {
    if (await this.#reader?.interrupted()) throw new Cancelled("interrupted");
    return this.#hangUp.patience();
  };

  /** Waits that long, or until a request may not go on waiting. Rejects with {@link Cancelled} at Ctrl-C, where it looks for it. */
  readonly wait = (milliseconds: number): Promise<void> =>
    this.#reader === undefined
      ? interruptible(this.#terminal, this.#hangUp, () => this.#wait(milliseconds))
      : this.#wait(milliseconds);

  async #wait(milliseconds: number): Promise<void> {
    const end = performance.now() + milliseconds;
    for (let left = milliseconds; left > 0 && (await this.patience()); left = end - performance.now()) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(left, step)));
    }
  }
}
