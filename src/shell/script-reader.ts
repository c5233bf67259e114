import type { Answer, LineReader, Purpose } from "./line-reader.ts";
import type { Writer } from "./writer.ts";

/** The lines of `--command`, then the end. Passwords come from `passwords`, so that none need stand on a command line. */
export class ScriptReader implements LineReader {
  readonly #lines: Iterator<string>;
  readonly #passwords: LineReader;
  readonly #writer: Writer;

  constructor(lines: readonly string[], passwords: LineReader, writer: Writer) {
    this.#lines = lines[Symbol.iterator]();
    this.#passwords = passwords;
    this.#writer = writer;
  }

  async read(prompt: string, purpose: Purpose): Promise<Answer> {
    if (purpose === "password") return this.#passwords.read(prompt, purpose);
    this.#writer.write(prompt);
    const next = this.#lines.next();
    return next.done === true ? { kind: "end" } : { kind: "line", text: next.value };
  }

  hangUp(): void {
    this.#passwords.hangUp();
  }

  close(): void {
    this.#passwords.close();
  }
}
