import type { FailedCommand } from "./shell-parts.ts";

/** The commands of a session that failed, as standard error tells of them at its end. */
export class Failures {
  readonly #bail: boolean;
  readonly #summary: boolean;
  readonly #unanswered: ((missing: string) => string) | undefined;
  readonly #failed: string[] = [];
  readonly #ended: string[] = [];

  /**
   * @param asked `bail` names the command that ended the session, `summary` all that failed
   * @param unanswered words that the input of a script ended before an answer; left out where its end is not told
   */
  constructor(
    { bail, summary }: { readonly bail: boolean; readonly summary: boolean },
    unanswered?: (missing: string) => string,
  ) {
    this.#bail = bail;
    this.#summary = summary;
    this.#unanswered = unanswered;
  }

  /** Notes a command, where somebody wants to know. */
  add({ place, line, missing }: FailedCommand): void {
    if (this.#bail || this.#summary) this.#failed.push(place === undefined ? line : `${place}: ${line}`);
    if (place === undefined || missing === undefined || this.#unanswered === undefined) return;
    this.#ended.push(`${place}: ${line}: ${this.#unanswered(missing)}`);
  }

  /** What is to be said at the end. */
  report(): readonly string[] {
    return [...this.#ended, ...this.#reported()];
  }

  #reported(): readonly string[] {
    if (this.#bail) return this.#failed.map((failed) => `${failed}: failed, and ended the session (--bail)`);
    if (!this.#summary) return [];
    const { length } = this.#failed;
    if (length === 0) return ["no command failed"];
    return [`${String(length)} ${length === 1 ? "command" : "commands"} failed:`, ...this.#failed];
  }
}
