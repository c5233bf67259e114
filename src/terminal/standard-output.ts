import { createWriteStream } from "node:fs";
import type { Writable } from "node:stream";
import { isatty } from "node:tty";

/** Where output goes. */
export interface Destination {
  readonly stream: Writable;
  readonly isTerminal: boolean;
  /** Whether it understands the escape sequences that move a cursor. */
  readonly movesCursor: boolean;
  /** The width of the terminal; undefined where it has none. */
  readonly columns: () => number | undefined;
}

/**
 * Standard output. To a terminal it is written in the background: Node's own stream would keep the whole process
 * waiting, deaf to signals, while nobody reads.
 */
export function openStandardOutput(): Destination {
  if (!isatty(1)) {
    return { stream: process.stdout, isTerminal: false, movesCursor: false, columns: () => undefined };
  }
  return {
    stream: createWriteStream("", { fd: 1, autoClose: false }),
    isTerminal: true,
    movesCursor: process.platform === "win32" || !["", "dumb"].includes(process.env["TERM"] ?? ""),
    columns: () => (process.stdout.columns > 0 ? process.stdout.columns : undefined),
  };
}
