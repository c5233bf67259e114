import { readFileSync } from "node:fs";
import { join } from "node:path";
import { spawn } from "@lydell/node-pty";
import { expect, onTestFinished } from "vitest";
import { root } from "./program.ts";

/** A line that is typed, the prompt before it, and what is answered. */
interface Step {
  readonly prompt: string;
  readonly typed: string;
  readonly answer: readonly string[];
}

/** Prompts of the programs that a page shows; what is typed after a pass phrase's is not shown. */
const prompt = /^(\$ |> |aws-cloudhsm>|server\d+>|Do you want to continue\(y\/n\)\?)(.*)$/;
const hidden = /pass phrase.*:$/;
const passPhrase = "rehearsal";

/** The steps of all blocks of a page, as one terminal shows them; `…` stands for what is left out of a line or between lines. */
export function stepsOf(page: string, replace: (line: string) => string): readonly Step[] {
  const text = readFileSync(join(root, page), "utf8");
  // A block of a language is no terminal's.
  const blocks = [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].filter(([, language]) => language === "");
  const lines = blocks.flatMap(([, , block = ""]) => block.trimEnd().split("\n")).map(replace);
  const steps: { prompt: string; typed: string; answer: string[] }[] = [];
  for (const line of lines) {
    const [, shown, typed = ""] = prompt.exec(line) ?? [];
    if (shown !== undefined) steps.push({ prompt: shown, typed, answer: [] });
    else if (hidden.test(line)) steps.push({ prompt: line, typed: passPhrase, answer: [] });
    else steps.at(-1)?.answer.push(line);
  }
  return steps;
}

/** Walks through steps at a real terminal, below bash, and holds each answer against what the page shows. */
export async function walk(steps: readonly Step[], folder: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const terminal = new BashTerminal(folder, environment);
  for (const [at, { prompt: shown, typed }] of steps.entries()) {
    const before = await terminal.upTo(shown);
    const previous = steps[at - 1];
    if (previous !== undefined) expectLike(before, previous);
    terminal.type(typed);
  }
  const last = steps.at(-1);
  if (last !== undefined) expectLike(await terminal.upTo("$ "), last);
}

function expectLike(seen: readonly string[], { prompt: shown, typed, answer }: Step): void {
  // openssl asks before it switches the echo off: nobody types as fast as this.
  const echo = hidden.test(shown) ? `(?:${typed}\\n)?\\n` : patternOf(typed);
  const pattern = [echo, ...answer.map(patternOf)];
  const text = seen.map((line) => `${line.trimEnd()}\n`).join("");
  const isLike = new RegExp(`^${pattern.join("")}$`).test(text);
  expect({ text, isLike }, [`${shown}${typed}`, ...answer].join("\n")).toEqual({ text, isLike: true });
}

/** What a line of a page allows. */
function patternOf(line: string): string {
  return line === "…" ? "(?:.*\\n)*" : `${line.split("…").map(literal).join(".*")}\\n`;
}

function literal(text: string): string {
  return text.trimEnd().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Milliseconds. */
const patience = 120_000;

/** Bash at a real terminal, without anybody's settings. */
class BashTerminal {
  readonly #pty;
  /** What was written since something was typed last. */
  #output = "";
  #wasTyped = false;
  #changed: () => void = () => undefined;

  constructor(folder: string, environment: NodeJS.ProcessEnv) {
    const env = { ...environment, TERM: "dumb", PS1: "$ ", PS2: "> ", HISTFILE: "", LC_ALL: "C.UTF-8" };
    this.#pty = spawn("/bin/bash", ["--norc", "--noprofile", "--noediting"], { cwd: folder, env, cols: 500, rows: 50 });
    this.#pty.onData((data) => {
      this.#output += data;
      this.#changed();
    });
    onTestFinished(() => {
      this.#pty.kill("SIGKILL");
    });
  }

  type(line: string): void {
    this.#output = "";
    this.#wasTyped = true;
    this.#pty.write(`${line}\r`);
  }

  /** The lines up to a prompt at the end of what is there. */
  async upTo(shown: string): Promise<readonly string[]> {
    const deadline = Date.now() + patience;
    const isThere = (): boolean =>
      this.#wasTyped ? this.#output.endsWith(`\n${shown}`) : this.#output.endsWith(shown);
    while (!isThere()) {
      if (Date.now() > deadline) throw new Error(`waited in vain for "${shown}"; there is:\n${this.#output}`);
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
        setTimeout(resolve, 1000).unref();
      });
    }
    return this.#output.slice(0, -shown.length).replaceAll("\r", "").split("\n").slice(0, -1);
  }
}
