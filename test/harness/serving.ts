import { spawn } from "node:child_process";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { environmentOf, root } from "./program.ts";

/** A `cloudhsm-sim serve` that answers. It is killed when the test is over. */
export interface Serving {
  readonly url: string;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Its exit status. */
  readonly ended: Promise<number | null>;
}

/** Starts `cloudhsm-sim serve` at a port that is free, and waits until it says where it is. Rejects where it ends instead. */
export async function startServing(home: string, words: readonly string[] = []): Promise<Serving> {
  const program = join(root, "dist", "cloudhsm-sim.js");
  const child = spawn(process.execPath, [program, "serve", "--port", "0", ...words], {
    env: environmentOf({ words: [], home }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8");
  child.stderr.setEncoding("utf8").on("data", (part: string) => (stderr += part));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (part: string) => {
      stdout += part;
      const [found] = /http:\/\/[^\s"/]+/.exec(stdout) ?? [];
      if (found !== undefined && stdout.endsWith("\n")) resolve(found);
    });
    void ended.then((status) => {
      reject(new Error(`serve ended with status ${String(status)}: ${stderr}`));
    });
  });
  return { url, stdout: () => stdout, stderr: () => stderr, signal: (signal) => child.kill(signal), ended };
}
