import type { Answer, LineReader, Purpose } from "./line-reader.ts";
import type { Writer } from "./writer.ts";

/** The lines of `--command`, then the end. Passwords come from `passwords`, so that none need stand on a command line. */
export class ScriptReader implements LineReader {
  readonly answerPrefix = "-c ";
  readonly #lines: Iterator<string>;
  readonly #openPasswords: () => Promise<LineReader>;
  readonly #writer: Writer;
  #passwords: LineReader | undefined;
  #hungUp = false;
  #read = 0;

  /** @param openPasswords called when the first password is asked for: until then, nothing else is read */
  constructor(lines: readonly string[], openPasswords: () => Promise<LineReader>, writer: Writer) {
    this.#lines = lines[Symbol.iterator]();
    this.#openPasswords = openPasswords;
    this.#writer = writer;
  }

  get line(): number {
    return this.#read;
  }

  get place(): string {
    return `--command ${String(this.#read)}`;
  }

  async read(prompt: string, purpose: Purpose): Promise<Answer> {
    if (purpose === "password") {
      this.#passwords ??= await this.#openPasswords();
      if (this.#hungUp) this.#passwords.hangUp();
      return this.#passwords.read(prompt, purpose);
    }
    this.#writer.write(prompt);
    const next = this.#lines.next();
    this.#read++;
    return next.done === true ? { kind: "end" } : { kind: "line", text: next.value };
  }

  /**
   * Gives back a terminal that was taken for a password. There, Ctrl-C is a signal again, and what else is typed is for
   * the shell above: to look for the key would take that away.
   */
  interrupted(): Promise<boolean> {
    if (this.#passwords?.place === undefined) {
      this.#passwords?.close();
      this.#passwords = undefined;
    }
    return Promise.resolve(false);
  }

  hangUp(): void {
    this.#hungUp = true;
    this.#passwords?.hangUp();
  }

  close(): void {
    this.#passwords?.close();
  }
}
