import { spawn } from "node:child_process";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Finished, type Start, environmentOf, program, root } from "../harness/program.ts";

const interpreters = { exp: ["expect", "-f"], py: ["/usr/bin/python3"] } as const;

/**
 * Runs a script of `scripts/`, which starts the program by the words that it is given, at a terminal of its own.
 * Words for the script itself stand before them.
 */
export function runScript(name: string, start: Start, ...own: readonly string[]): Promise<Finished> {
  return runScriptOn(program, name, start, ...own);
}

/** Runs such a script on another program of ours. */
export function runScriptOn(started: string, name: string, start: Start, ...own: readonly string[]): Promise<Finished> {
  const [interpreter, ...options] = interpreters[name.endsWith(".py") ? "py" : "exp"];
  const script = join(root, "test", "terminal", "scripts", name);
  const words = [...options, script, ...own, process.execPath, started, ...start.words];
  return new Promise((resolve, reject) => {
    const child = spawn(interpreter, words, { env: environmentOf(start), stdio: ["ignore", "pipe", "pipe"] });
    onTestFinished(() => {
      child.kill();
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (status, signal) => {
      resolve({ stdout, stderr, status, signal });
    });
  });
}
