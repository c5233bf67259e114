import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { withoutProgress } from "./progress-lines.ts";

/** The folder of the clone. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** The built program, as it is shipped. */
export const program = join(root, "dist", "main.js");

/** The key shell, as it is shipped. */
export const keyProgram = join(root, "dist", "key-mgmt-util.js");

/** A configuration that comes with the program. */
export function shipped(name: string): string {
  return join(root, "config", name);
}

/** An empty folder that is removed when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cloudhsm-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** How a process is started. */
export interface Start {
  /** Words of the command line: options and the configuration. */
  readonly words: readonly string[];
  /** Where the HSMs live; history and all other state goes below it too. */
  readonly home: string;
  /** The folder in which it is called; this one where it is left out. */
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** An environment in which nothing of the user's is read or written. */
export function environmentOf({ home, environment }: Start): NodeJS.ProcessEnv {
  const all = {
    ...process.env,
    FORCE_COLOR: undefined,
    // Colours are chosen by what the terminal can show, not by where the tests run.
    CI: undefined,
    CLOUDHSM_HOME: home,
    CLOUDHSM_CONFIG: undefined,
    XDG_STATE_HOME: join(home, "state"),
    TERM: "xterm",
    // A terminal shows what a pipe does; tests of hints ask for them.
    CLOUDHSM_HINTS: "off",
    ...environment,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** What a process left behind. */
export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Runs the program on a pipe, with `input` in one burst. */
export function runPiped(start: Start, input: string | Buffer, started = program): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [started, ...start.words], {
      cwd: start.folder ?? process.cwd(),
      env: environmentOf(start),
      stdio: "pipe",
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    // The program may end before it has read everything.
    child.stdin.on("error", () => undefined);
    child.on("error", reject);
    child.on("close", (status, signal) => {
      resolve({
        stdout: Buffer.concat(stdout).toString("utf8"),
        stderr: withoutProgress(Buffer.concat(stderr).toString("utf8")),
        status,
        signal,
      });
    });
    child.stdin.end(input);
  });
}

/** The lines of a script as they are piped. */
export function lines(...typed: readonly string[]): string {
  return typed.map((line) => `${line}\n`).join("");
}
