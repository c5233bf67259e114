import type { Answer, LineReader, Purpose } from "./line-reader.ts";
import type { Writer } from "./writer.ts";

/**
 * The lines of one command that is given on the command line of a program: a login, where there is one, and the command.
 * Answers come from standard input, of which nothing is read before a question.
 */
export class SingleCommandReader implements LineReader {
  readonly answerPrefix = "";
  readonly place = "singlecmd";
  readonly #lines: string[];
  readonly #shown: (command: string) => string;
  readonly #openAnswers: () => Promise<LineReader>;
  readonly #writer: Writer;
  #answers: LineReader | undefined;
  #hungUp = false;
  #read = 0;

  /**
   * @param lines a login, where there is one, and the command
   * @param shown how the command is shown that follows a login
   */
  constructor(
    lines: readonly string[],
    shown: (command: string) => string,
    openAnswers: () => Promise<LineReader>,
    writer: Writer,
  ) {
    this.#lines = [...lines];
    this.#shown = shown;
    this.#openAnswers = openAnswers;
    this.#writer = writer;
  }

  get line(): number {
    return this.#read;
  }

  async read(prompt: string, purpose: Purpose): Promise<Answer> {
    if (purpose !== "command") {
      this.#answers ??= await this.#openAnswers();
      if (this.#hungUp) this.#answers.hangUp();
      return this.#answers.read(prompt, purpose);
    }
    const text = this.#lines.shift();
    if (text === undefined || this.#hungUp) return { kind: "end" };
    if (this.#read++ > 0) this.#writer.write(`${this.#shown(text)}\n`);
    return { kind: "line", text };
  }

  interrupted(): Promise<boolean> {
    return Promise.resolve(false);
  }

  hangUp(): void {
    this.#hungUp = true;
    this.#answers?.hangUp();
  }

  close(): void {
    this.#answers?.close();
  }
}
