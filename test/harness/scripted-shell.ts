import type { Cluster, Mode } from "../../src/cluster/cluster.ts";
import type { Command } from "../../src/command/command.ts";
import type { Dialect } from "../../src/command/wording.ts";
import { commands as all } from "./offered-commands.ts";
import { aws } from "../../src/dialects/aws/aws.ts";
import { History } from "../../src/shell/history.ts";
import type { Answer, LineReader, Purpose } from "../../src/terminal/line-reader.ts";
import { serverModes } from "../../src/shell/server-modes.ts";
import { Shell } from "../../src/shell/shell.ts";
import { type Reachable, clusterOver } from "./reached-cluster.ts";

/** The shell in this process, over HSMs of tests: for tests of many sessions. */
export class ScriptedShell {
  readonly cluster: Cluster;
  readonly history = new History(undefined);
  readonly #commands: readonly Command<Mode>[];
  readonly #dialect: Dialect;
  readonly #hints: boolean;
  readonly #running: (command: string | undefined) => void;

  /** @param running hears of each command that begins, and with undefined of its end */
  constructor(
    hsms: readonly Reachable[],
    commands = all,
    hints = false,
    running: (command: string | undefined) => void = () => undefined,
    dialect: Dialect = aws,
  ) {
    this.#dialect = dialect;
    this.#hints = hints;
    this.#running = running;
    this.#commands = commands;
    this.cluster = clusterOver(hsms);
  }

  /** Types lines, answers included; gives all that is written, prompts included, up to the prompt that follows. */
  async type(...lines: readonly string[]): Promise<string> {
    const left = [...lines];
    return (await this.#run(() => left.shift())).transcript;
  }

  /** Types one command; `answer` gives what to type behind each question. Gives what is printed, without prompts. */
  async command(line: string, answer: (question: string) => string = () => ""): Promise<string> {
    const left = [line];
    return (await this.#run((prompt, purpose) => (purpose === "command" ? left.shift() : answer(prompt)))).printed;
  }

  /** Types one command and answers to its questions, then ends the question that follows; gives all that is written. */
  async stopAt(line: string, answers: readonly string[], stop: "interrupted" | "end"): Promise<string> {
    const left = [line, ...answers];
    let stopped = false;
    const { transcript } = await this.#run((_, purpose) => {
      const text = left.shift();
      if (text !== undefined || purpose === "command") return text;
      if (stopped) throw new Error("a question follows the one that was ended");
      stopped = true;
      return { kind: stop };
    });
    return transcript;
  }

  /** Ends the input; gives what is printed then. */
  async end(): Promise<string> {
    return (await this.#run(() => undefined)).behindEnd;
  }

  /** Reads lines until there is none: the shell ends then, but what it works with goes on with the next ones. */
  async #run(next: (prompt: string, purpose: Purpose) => string | Answer | undefined): Promise<Written> {
    const written = { transcript: "", printed: "", behindEnd: "" };
    let ended = false;
    const reader: LineReader = {
      place: undefined,
      line: 0,
      answerPrefix: "",
      read: (prompt, purpose): Promise<Answer> => {
        const text = next(prompt, purpose);
        if (text === undefined) ended = true;
        else written.transcript += prompt;
        if (typeof text === "object") return Promise.resolve(text);
        return Promise.resolve(text === undefined ? { kind: "end" } : { kind: "line", text });
      },
      interrupted: () => Promise.resolve(false),
      hangUp: () => undefined,
      close: () => undefined,
    };
    const print = (...lines: readonly string[]): void => {
      const text = lines.map((line) => `${line}\n`).join("");
      if (ended) written.behindEnd += text;
      else {
        written.transcript += text;
        written.printed += text;
      }
    };
    const end = await new Shell({
      cluster: this.cluster,
      commands: this.#commands,
      modes: serverModes(this.cluster, this.#dialect),
      dialect: this.#dialect,
      reader,
      output: { print, hint: print, columns: undefined },
      history: this.history,
      bail: false,
      echo: false,
      yes: false,
      onFailure: undefined,
      hints: this.#hints,
      home: undefined,
      carriedOut: undefined,
      running: this.#running,
      failed: () => undefined,
      trace: () => undefined,
      pause: () => Promise.resolve(),
      hungUp: () => false,
    }).run();
    if (end !== "done") throw new Error("the shell did not end well");
    return written;
  }
}

/** What a shell wrote. */
interface Written {
  /** With its prompts, up to the end of the lines. */
  readonly transcript: string;
  /** The same without its prompts. */
  readonly printed: string;
  /** What it printed from there on. */
  readonly behindEnd: string;
}
