import type { Cluster } from "../cluster/cluster.ts";
import type { Command, Output } from "../command/command.ts";
import type { FailureAnswer } from "../command/questions.ts";
import type { Result } from "../command/result.ts";
import type { Dialect } from "../command/wording.ts";
import type { LineReader } from "../terminal/line-reader.ts";
import type { History } from "./history.ts";

/** The modes of a shell: what its prompt says, and which commands there are. */
export interface ShellModes<M extends string> {
  readonly current: () => M;
  /** The prompt of the present mode. */
  readonly prompt: () => string;
  /** What to say of a command that is of no other mode than those. */
  readonly elsewhere: (modes: readonly M[]) => string;
}

/** What a session is made of. */
export interface ShellParts<M extends string> {
  readonly modes: ShellModes<M>;
  readonly cluster: Cluster;
  readonly commands: readonly Command<M>[];
  readonly dialect: Dialect;
  readonly reader: LineReader;
  readonly output: Output;
  readonly history: History;
  /** Whether the first command that fails ends the session. */
  readonly bail: boolean;
  /** Whether each line is shown after its prompt, without its secrets. */
  readonly echo: boolean;
  /** The folder of the HSMs, where commands read and write no file; undefined where there is none. */
  readonly home: string | undefined;
  /** Whether y/n is answered y without asking. */
  readonly yes: boolean;
  /** What R/I/A and R/B/I are answered without asking; undefined asks. */
  readonly onFailure: FailureAnswer | undefined;
  /** Whether hints of ours follow a command: to a person at a terminal. */
  readonly hints: boolean;
  /** Called with each line that was carried out, for whoever reads answers as data; undefined where all read words. */
  readonly carriedOut: ((line: CarriedOut) => void) | undefined;
  /** Called with the name of each command that begins, and with undefined when it has ended. */
  readonly running: (command: string | undefined) => void;
  /** Called with each command that failed. */
  readonly failed: (command: FailedCommand) => void;
  /** Called with what a command threw, to trace its cause. */
  readonly trace: (error: unknown) => void;
  /** Awaited before each line, so that signals and slow readers of the output have their turn. */
  readonly pause: () => Promise<void>;
  /** Whether somebody hung up, so that no further command is started. */
  readonly hungUp: () => boolean;
}

/** What came of a line. */
export interface CarriedOut {
  /** Its number in the input, from 1. */
  readonly line: number;
  /** The name of its command; undefined where no command was found. */
  readonly command: string | undefined;
  /** The server in whose server mode it was given; undefined in global mode. */
  readonly serverId: number | undefined;
  readonly result: Result;
  /** What was said without a server: lines as the original prints them, and ours. */
  readonly said: readonly string[];
}

/** A command that failed. */
export interface FailedCommand {
  /** Where it is in a script; undefined where it was typed. */
  readonly place: string | undefined;
  /** Its line, without its secrets. */
  readonly line: string;
  /** The answer that the input ended before, as a hint names it; undefined where it failed for another reason. */
  readonly missing: string | undefined;
}

/** How a session ended: `failed` only with `bail`. */
export type SessionEnd = "done" | "failed";
