import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect } from "vitest";
import { launchersIn } from "./launchers.ts";
import { environmentOf, root, shipped, temporaryFolder } from "./program.ts";
import { withoutProgress } from "./progress-lines.ts";
import { type Place, RunningCommand } from "./running-command.ts";
import { type Run, type SecondTerminal, type SessionFile, type Typed, readSession } from "./session-file.ts";

/** The folder of the session files. */
export const sessionFolder = join(root, "test", "sessions");

const endOfInput = "\u0004";

/**
 * Replays a session file in a fresh folder, typed at a terminal prompt by prompt, or piped in one burst (cut only
 * where a second terminal has its turn), and compares all that is written.
 *
 * @param home where its HSMs are; left out, in a folder of the session's
 */
export async function replay(name: string, place: Place, home?: string): Promise<void> {
  const session = readSession(join(sessionFolder, name));
  const stage = stageOf(folderOf(session), home);
  for (const run of session.runs) await replayRun(run, stage, run.isConversation ? place : "pipe");
}

/** Where a session is replayed. */
export interface Stage {
  /** Where it is at home. */
  readonly folder: string;
  /** Where its HSMs are: a folder, or the address of a database. */
  readonly home: string;
}

/** What is replayed in a folder has its HSMs there, unless they have another home. */
export function stageOf(folder: string, home = join(folder, ".cloudhsm")): Stage {
  return { folder, home };
}

/** A fresh folder with the configurations of a session, and the program on the path of what is started there. */
export function folderOf(session: SessionFile): string {
  const folder = temporaryFolder();
  for (const configuration of session.configurations) {
    const own = join(sessionFolder, "configurations", configuration);
    copyFileSync(existsSync(own) ? own : shipped(configuration), join(folder, configuration));
  }
  // Below the folder's hidden ones, so that a session's `ls` shows what is the session's.
  launchersIn(join(folder, ".bin"));
  return folder;
}

async function replayRun(run: Run, stage: Stage, place: Place): Promise<void> {
  const errors = join(stage.folder, ".stderr");
  const running = start(`exec 2>'${errors}'; ${run.command}`, stage, place);
  let expected = "";
  let keys = "";
  let ended = false;
  for (const { written, meanwhile, typed } of run.exchanges) {
    expected += written;
    if (!ended && (place === "terminal" || meanwhile.length > 0)) {
      running.send(keys);
      keys = "";
      await requirePrompt(running, expected, stage);
      for (const second of meanwhile) await runMeanwhile(second, stage);
    }
    if (!ended) keys += keysOf(typed, place);
    ended ||= typed.line === undefined;
    expected += echoOf(typed, place);
  }
  running.send(keys);
  running.endInput();
  const status = await running.end();
  compare({ output: running.output, status }, { output: expected + run.rest, status: run.status }, stage);
  compare({ output: withoutProgress(readFileSync(errors, "utf8")) }, { output: run.stderr }, stage);
}

/** Waits for a prompt, no longer than the output can still become what is expected. */
async function requirePrompt(running: RunningCommand, expected: string, stage: Stage): Promise<void> {
  await running.wait((output) => {
    const written = shortened(output, stage);
    const complete = written.slice(0, written.lastIndexOf("\n") + 1);
    return written === filledIn(expected, written) || !filledIn(expected, complete).startsWith(complete);
  });
  compare({ output: running.output }, { output: expected }, stage);
}

/** Gives a command in a second terminal, and compares what it writes. */
export async function runMeanwhile({ command, output }: SecondTerminal, stage: Stage): Promise<void> {
  const second = start(`exec 2>&1; ${command}`, stage, "pipe");
  second.endInput();
  const status = await second.end();
  compare({ command, output: withoutProgress(second.output), status }, { command, output, status: 0 }, stage);
}

/** Starts a shell command in the folder of a session. */
export function start(command: string, { folder, home }: Stage, place: Place): RunningCommand {
  const path = [join(folder, ".bin"), process.env["PATH"]].join(delimiter);
  const environment = {
    ...environmentOf({ words: [], home }),
    XDG_STATE_HOME: join(folder, ".cloudhsm", "state"),
    HOME: folder,
    PATH: path,
  };
  return new RunningCommand({ command, folder, environment, place });
}

/** What is sent for what is typed. */
export function keysOf({ line }: Typed, place: Place): string {
  if (line === undefined) return place === "terminal" ? endOfInput : "";
  return `${line}${place === "terminal" ? "\r" : "\n"}`;
}

/** What is seen of what is typed: a line at a terminal. The program itself ends the line where nothing is seen. */
export function echoOf({ line, isHidden }: Typed, place: Place): string {
  if (place === "terminal") return isHidden || line === undefined ? "\n" : `${line}\n`;
  return isHidden ? "\n" : "";
}

interface Written {
  readonly command?: string;
  readonly output: string;
  readonly status?: number | undefined;
}

function compare(actual: Written, expected: Written, stage: Stage): void {
  const output = shortened(actual.output, stage);
  expect({ ...actual, output }).toEqual({ ...expected, output: filledIn(expected.output, output) });
}

/** Output as session files write it: the session's folder is `~`. */
function shortened(output: string, { folder, home }: Stage): string {
  return output.replaceAll(home, join(folder, ".cloudhsm")).replaceAll(folder, "~");
}

/** `expected`, with each line that has a `…` replaced by the line of `actual` that it allows. */
function filledIn(expected: string, actual: string): string {
  const lines = actual.split("\n");
  return expected
    .split("\n")
    .map((line, at) => {
      const other = lines[at] ?? "";
      return line.includes("…") && allows(line, other) ? other : line;
    })
    .join("\n");
}

function allows(line: string, actual: string): boolean {
  const parts = line.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "u").test(actual);
}
