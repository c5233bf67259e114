import { createWriteStream } from "node:fs";
import { Writable } from "node:stream";
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
  return terminalAt(1, () => process.stdout.columns);
}

/** Standard error, which must be a terminal; it is written in the background, too. */
export function openStandardError(): Destination {
  return terminalAt(2, () => process.stderr.columns);
}

/** Takes what nobody is to read. */
export function openNothing(): Destination {
  const stream = new Writable({
    write: (_chunk, _encoding, written) => {
      written();
    },
  });
  return { stream, isTerminal: false, movesCursor: false, columns: () => undefined };
}

function terminalAt(fd: 1 | 2, columns: () => number): Destination {
  return {
    stream: createWriteStream("", { fd, autoClose: false }),
    isTerminal: true,
    movesCursor: process.platform === "win32" || !["", "dumb"].includes(process.env["TERM"] ?? ""),
    columns: () => (columns() > 0 ? columns() : undefined),
  };
}
