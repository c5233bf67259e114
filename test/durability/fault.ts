import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Conversation } from "../harness/conversation.ts";
import type { Finished, Start } from "../harness/program.ts";

/** The system calls that write, sync, rename or remove a file, or make a folder. */
const calls = [
  "write",
  "writev",
  "pwrite64",
  "pwritev",
  "fsync",
  "fdatasync",
  "sync_file_range",
  "ftruncate",
  "truncate",
  "fallocate",
  "rename",
  "renameat",
  "renameat2",
  "link",
  "linkat",
  "unlink",
  "unlinkat",
  "mkdir",
  "mkdirat",
  "rmdir",
] as const;

/** One call of a session: the `nth` of its name, as strace counts them. */
export interface WritePoint {
  readonly call: string;
  readonly nth: number;
  readonly path: string;
  /** Whether no other thread makes calls of this name, on whatever file. */
  readonly ofOneThread: boolean;
}

/** What happens at a write point: the process is killed before the call is made, or the call fails. */
const faults = {
  killed: "signal=KILL",
  EIO: "error=EIO",
  ENOSPC: "error=ENOSPC",
} as const;

export type Fault = keyof typeof faults;

/**
 * What is done in a session: a command, in which `~` stands for the folder of the home, or something beside it that
 * needs no program, such as signing a file.
 */
export type Step = string | ((start: Start) => void);

/** What was said in a session, and how it ended. */
export interface Spoken extends Finished {
  /** What each command was answered, with its questions, in their order. */
  readonly answers: readonly string[];
}

/**
 * What is typed ahead after a command, for whatever it asks: y, and Ignore for each of two servers that fail. Where it
 * asks nothing, y is an unknown command, and I is short for info.
 */
const replies = ["y", "I", "I"] as const;

/**
 * Speaks the commands of a session to the program, below a program with its words; `quit` comes last. Commands between
 * two other steps are typed ahead, all at once: while a line is at hand, the shell does not empty the logs of the HSMs.
 */
export async function speak(start: Start, steps: readonly Step[], below: readonly string[] = []): Promise<Spoken> {
  const conversation = new Conversation(start, below);
  await conversation.prompt();
  const answers: string[] = [];
  for (const burst of inBursts([...steps, "quit"])) {
    if (typeof burst === "function") {
      burst(start);
      continue;
    }
    const lines = burst.flatMap((command) => [command.replaceAll("~", dirname(start.home)), ...replies]);
    const said = await conversation.burst(lines);
    const each = lines.length / burst.length;
    for (const at of burst.keys()) answers.push(said.slice(at * each, (at + 1) * each).join(""));
  }
  return { ...(await conversation.end()), answers };
}

/** Joins the commands that come one after the other. */
function inBursts(steps: readonly Step[]): readonly (Exclude<Step, string> | string[])[] {
  const bursts: (Exclude<Step, string> | string[])[] = [];
  for (const step of steps) {
    const last = bursts.at(-1);
    if (typeof step === "function") bursts.push(step);
    else if (Array.isArray(last)) last.push(step);
    else bursts.push([step]);
  }
  return bursts;
}

/** A session in which a fault was to happen. */
interface Struck extends Spoken {
  /** Whether it happened. */
  readonly struck: boolean;
}

/**
 * Finds the write points of a session on the files below the home. Throws where a thread other than the first makes
 * one: strace counts the calls of each thread for itself.
 */
export async function findWritePoints(start: Start, steps: readonly Step[]): Promise<readonly WritePoint[]> {
  const log = join(start.home, "..", "calls");
  await speak(start, steps, tracing(log));
  return writePointsIn(readFileSync(log, "utf8"), start.home);
}

/** The words below which a program runs whose writes are to be traced. */
export function tracing(log: string): readonly string[] {
  return ["strace", "-qq", "-f", "-y", "-o", log, "-e", `trace=${calls.join(",")}`];
}

/** The write points in what strace logged. Throws as {@link findWritePoints} does. */
export function writePointsIn(log: string, home: string): readonly WritePoint[] {
  const counts = new Map<string, number>();
  const points: Omit<WritePoint, "ofOneThread">[] = [];
  const elsewhere = new Set<string>();
  let first: string | undefined;
  for (const line of log.split("\n")) {
    const [, thread, call, words] = /^(\d+) +(\w+)\((.*)$/.exec(line) ?? [];
    if (thread === undefined || call === undefined || words === undefined) continue;
    first ??= thread;
    const path = pathBelow(home, words);
    if (thread !== first) {
      if (path !== undefined) throw new Error(`a write outside of the first thread: ${line}`);
      elsewhere.add(call);
      continue;
    }
    const nth = (counts.get(call) ?? 0) + 1;
    counts.set(call, nth);
    if (path !== undefined) points.push({ call, nth, path });
  }
  return points.map((point) => ({ ...point, ofOneThread: !elsewhere.has(point.call) }));
}

/** The first file or folder below the home that a call names, as a descriptor or as a path. */
function pathBelow(home: string, words: string): string | undefined {
  const found = /^(?:AT_FDCWD<[^>]*>, )?(?:\d+<([^>]*)>|"([^"]*)")/.exec(words);
  const path = found?.[1] ?? found?.[2];
  return path === home || path?.startsWith(`${home}/`) === true ? path.slice(home.length) : undefined;
}

/** Speaks the session again with a fault at one of its write points. */
export async function strike(start: Start, steps: readonly Step[], point: WritePoint, fault: Fault): Promise<Struck> {
  const log = join(start.home, "..", "calls");
  const spoken = await speak(start, steps, striking(log, point, fault));
  return { ...spoken, struck: isStruck(readFileSync(log, "utf8"), fault) };
}

/** The words below which a program runs that meets a fault at a write point. */
export function striking(log: string, { call, nth, ofOneThread }: WritePoint, fault: Fault): readonly string[] {
  const inject = `inject=${call}:${faults[fault]}:when=${String(nth)}`;
  // The filter lets all other calls pass at full speed, but makes strace follow every thread, and loses its signals.
  const filter = ofOneThread && fault !== "killed" ? ["-f", "--seccomp-bpf"] : [];
  return ["strace", "-qq", ...filter, "-o", log, "-e", `trace=${call}`, "-e", inject];
}

/** Whether the fault happened, by what strace logged. */
export function isStruck(log: string, fault: Fault): boolean {
  return log.includes(fault === "killed" ? "killed by SIGKILL" : "(INJECTED)");
}
