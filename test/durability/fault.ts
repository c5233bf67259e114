import { readFileSync } from "node:fs";
import { join } from "node:path";
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
}

/** What happens at a write point: the process is killed before the call is made, or the call fails. */
export const faults = {
  killed: "signal=KILL",
  EIO: "error=EIO",
  ENOSPC: "error=ENOSPC",
} as const;

export type Fault = keyof typeof faults;

/** What was said in a session, and how it ended. */
export interface Spoken extends Finished {
  /** Whether the fault happened. */
  readonly struck: boolean;
}

/** Speaks commands to the program under strace, with its words; `quit` comes last. */
async function speak(start: Start, commands: readonly string[], words: readonly string[]): Promise<Finished> {
  const conversation = new Conversation(start, ["strace", "-qq", ...words]);
  await conversation.prompt();
  for (const command of [...commands, "quit"]) await conversation.command(command);
  return conversation.end();
}

/**
 * Finds the write points of a session on the files below the home. Throws where a thread other than the first makes
 * one: strace counts the calls of each thread for itself.
 */
export async function findWritePoints(start: Start, commands: readonly string[]): Promise<readonly WritePoint[]> {
  const log = join(start.home, "..", "calls");
  await speak(start, commands, ["-f", "-y", "-o", log, "-e", `trace=${calls.join(",")}`]);
  const counts = new Map<string, number>();
  const points: WritePoint[] = [];
  let first: string | undefined;
  for (const line of readFileSync(log, "utf8").split("\n")) {
    const [, thread, call, words] = /^(\d+) +(\w+)\((.*)$/.exec(line) ?? [];
    if (thread === undefined || call === undefined || words === undefined) continue;
    first ??= thread;
    const path = pathBelow(start.home, words);
    if (thread !== first) {
      if (path !== undefined) throw new Error(`a write outside of the first thread: ${line}`);
      continue;
    }
    const nth = (counts.get(call) ?? 0) + 1;
    counts.set(call, nth);
    if (path !== undefined) points.push({ call, nth, path });
  }
  return points;
}

/** The first file or folder below the home that a call names, as a descriptor or as a path. */
function pathBelow(home: string, words: string): string | undefined {
  const found = /^(?:AT_FDCWD<[^>]*>, )?(?:\d+<([^>]*)>|"([^"]*)")/.exec(words);
  const path = found?.[1] ?? found?.[2];
  return path === home || path?.startsWith(`${home}/`) === true ? path.slice(home.length) : undefined;
}

/** Speaks the session again with a fault at one of its write points. */
export async function strike(
  start: Start,
  commands: readonly string[],
  { call, nth }: WritePoint,
  fault: Fault,
): Promise<Spoken> {
  const log = join(start.home, "..", "calls");
  const inject = `inject=${call}:${faults[fault]}:when=${String(nth)}`;
  const finished = await speak(start, commands, ["-o", log, "-e", `trace=${call}`, "-e", inject]);
  const end = readFileSync(log, "utf8");
  return { ...finished, struck: end.includes(fault === "killed" ? "killed by SIGKILL" : "(INJECTED)") };
}
