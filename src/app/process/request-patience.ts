import { Cancelled } from "../../command/cancelled.ts";
import type { HangUp } from "./hang-up.ts";
import type { LineReader } from "../../terminal/line-reader.ts";

/** How long a session's requests wait for other processes: until somebody hangs up, or presses Ctrl-C meanwhile. */
export class RequestPatience {
  readonly #hangUp: HangUp;
  #reader: LineReader | undefined;

  constructor(hangUp: HangUp) {
    this.#hangUp = hangUp;
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
}
