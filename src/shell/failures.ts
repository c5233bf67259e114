import type { FailedCommand } from "./shell-parts.ts";

/** The commands of a session that failed, as standard error tells of them at its end. */
export class Failures {
  readonly #bail: boolean;
  readonly #summary: boolean;
  readonly #failed: string[] = [];

  /** @param asked `bail` names the command that ended the session, `summary` all that failed */
  constructor({ bail, summary }: { readonly bail: boolean; readonly summary: boolean }) {
    this.#bail = bail;
    this.#summary = summary;
  }

  /** Notes a command, where somebody wants to know. */
  add({ place, line }: FailedCommand): void {
    if (this.#bail || this.#summary) this.#failed.push(place === undefined ? line : `${place}: ${line}`);
  }

  /** What is to be said at the end. */
  report(): readonly string[] {
    if (this.#bail) return this.#failed.map((failed) => `${failed}: failed, and ended the session (--bail)`);
    if (!this.#summary) return [];
    const { length } = this.#failed;
    if (length === 0) return ["no command failed"];
    return [`${String(length)} ${length === 1 ? "command" : "commands"} failed:`, ...this.#failed];
  }
}
