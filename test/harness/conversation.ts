import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { onTestFinished } from "vitest";
import { type Finished, type Start, environmentOf, program } from "./program.ts";
import { withoutProgress } from "./progress-lines.ts";

const patience = 120_000;

/** After what the program waits for a line: a prompt, y/n, or what to do about a server that failed. */
const prompt = /aws-cloudhsm>|server\d+>|\(y\/n\)\?|\(R\/[IB]\/[AI]\):/.source;
const atPrompt = new RegExp(`(?:${prompt})$`);
const afterPrompt = new RegExp(`(?<=${prompt})`);

/** The program on a pipe, spoken to line by line: each line is sent when the program waits for it. */
export class Conversation {
  readonly #process: ChildProcessWithoutNullStreams;
  #stdout = "";
  #stderr = "";
  /** Up to where the output was given out already. */
  #seen = 0;
  #finished: Finished | undefined;
  #changed: () => void = () => undefined;

  /** @param through words before the program's own: a program that runs it */
  constructor(start: Start, through: readonly string[] = []) {
    const [command = process.execPath, ...words] = [...through, process.execPath, program, ...start.words];
    this.#process = spawn(command, words, { env: environmentOf(start), stdio: "pipe" });
    this.#process.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.#stdout += text;
      this.#changed();
    });
    this.#process.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr += text;
    });
    // The program may end before it has read everything; how it ended is what counts.
    this.#process.stdin.on("error", () => undefined);
    this.#process.on("close", (status, signal) => {
      this.#finished = { stdout: this.#stdout, stderr: withoutProgress(this.#stderr), status, signal };
      this.#changed();
    });
    onTestFinished(() => {
      this.kill();
    });
  }

  /** Waits for the next prompt, or the end; gives what was written since the last one. */
  async prompt(): Promise<string> {
    await this.#until(() => atPrompt.test(this.#stdout.slice(this.#seen)), "a prompt");
    return this.#take();
  }

  /** Types a line at the prompt; gives the answer with the next prompt. */
  async say(line: string): Promise<string> {
    this.#process.stdin.write(`${line}\n`);
    return this.prompt();
  }

  /**
   * Types lines ahead, in one write, and returns what each was answered, with the prompt after it: each line is taken at
   * one prompt. Where the program ends early, the last lines have no answer.
   */
  async burst(lines: readonly string[]): Promise<readonly string[]> {
    this.#process.stdin.write(lines.map((line) => `${line}\n`).join(""));
    const answers = (): string[] => this.#stdout.slice(this.#seen).split(afterPrompt);
    await this.#until(() => answers().length >= lines.length && atPrompt.test(answers().at(-1) ?? ""), "all prompts");
    return this.#take().split(afterPrompt);
  }

  /** Gives a command and answers its questions: y, and Abort or Ignore for a server that failed. */
  async command(line: string): Promise<string> {
    let said = await this.say(line);
    let answer = answerTo(said);
    while (answer !== undefined && this.#finished === undefined) {
      const more = await this.say(answer);
      said += more;
      answer = answerTo(more);
    }
    return said;
  }

  /** Ends the input and waits for the end. */
  async end(): Promise<Finished> {
    this.#process.stdin.end();
    await this.#until(() => false, "the end");
    if (this.#finished === undefined) throw new Error("the program has not ended");
    return this.#finished;
  }

  kill(): void {
    if (this.#finished === undefined) this.#process.kill("SIGKILL");
  }

  /** What was written since the last prompt. */
  #take(): string {
    const part = this.#stdout.slice(this.#seen);
    this.#seen = this.#stdout.length;
    return part;
  }

  async #until(holds: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + patience;
    while (this.#finished === undefined && !holds()) {
      if (Date.now() >= deadline) throw new Error(`waited in vain for ${what}:\n${this.#stdout.slice(this.#seen)}`);
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
        setTimeout(resolve, deadline - Date.now()).unref();
      });
    }
  }
}

function answerTo(said: string): string | undefined {
  if (said.endsWith("(y/n)?")) return "y";
  if (said.endsWith("(R/I/A):")) return "A";
  if (said.endsWith("(R/B/I):")) return "I";
  return undefined;
}
