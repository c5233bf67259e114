import type { Cluster } from "../../src/cluster/cluster.ts";
import type { Command } from "../../src/command/command.ts";
import type { KeyUtilityWording } from "../../src/command/key-utility-wording.ts";
import type { Result } from "../../src/command/result.ts";
import { keyCommands } from "../../src/commands/key-utility/command-table.ts";
import type { KeyMode } from "../../src/commands/key-utility/key-command.ts";
import { aws } from "../../src/dialects/aws/aws.ts";
import { keyUtility } from "../../src/dialects/aws/key-utility/key-utility.ts";
import { History } from "../../src/shell/history.ts";
import { Shell } from "../../src/shell/shell.ts";
import type { Answer, LineReader } from "../../src/terminal/line-reader.ts";
import { type Reachable, clusterOver } from "./reached-cluster.ts";

/** The key utility in this process, over HSMs of tests. */
export class KeyShell {
  readonly cluster: Cluster;
  /** How the last command ended. */
  last: Result | undefined;
  readonly #words: KeyUtilityWording;
  readonly #commands: readonly Command<KeyMode>[];

  constructor(hsms: readonly Reachable[], words = keyUtility, minimumNodes?: number) {
    this.#words = words;
    this.#commands = keyCommands(words, minimumNodes);
    this.cluster = clusterOver(hsms);
  }

  /** Types a line, then the answers to its questions; gives what is printed, without prompts. */
  async type(...lines: readonly string[]): Promise<string> {
    const left = [...lines];
    let printed = "";
    const print = (...said: readonly string[]): void => {
      if (left.length < lines.length) printed += said.map((line) => `${line}\n`).join("");
    };
    let isOver = false;
    const reader: LineReader = {
      place: undefined,
      line: 0,
      answerPrefix: "",
      read: (): Promise<Answer> => {
        const text = left.shift();
        isOver = text === undefined;
        return Promise.resolve(text === undefined ? { kind: "end" } : { kind: "line", text });
      },
      interrupted: () => Promise.resolve(false),
      hangUp: () => undefined,
      close: () => undefined,
    };
    await new Shell({
      cluster: this.cluster,
      commands: this.#commands,
      modes: { current: () => "keys", prompt: () => this.#words.prompt, elsewhere: () => this.#words.invalidCommand },
      dialect: { ...aws, unknownCommand: () => this.#words.invalidCommand, commandList: undefined },
      reader,
      output: { print, hint: print, columns: undefined },
      history: new History(undefined),
      bail: false,
      echo: false,
      yes: false,
      onFailure: undefined,
      hints: false,
      home: undefined,
      carriedOut: ({ result }) => {
        if (!isOver) this.last = result;
      },
      running: () => undefined,
      failed: () => undefined,
      trace: () => undefined,
      pause: () => Promise.resolve(),
      hungUp: () => false,
    }).run();
    return printed;
  }
}

/** The handle that an answer names behind words. Throws where there is none. */
export function handleIn(printed: string, words = "Key Handle:"): number {
  const [, digits] = new RegExp(`${words} (\\d+)`).exec(printed) ?? [];
  if (digits === undefined) throw new Error(`no handle in ${printed}`);
  return Number(digits);
}
