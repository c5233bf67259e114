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
  /** Its height. */
  readonly rows: () => number | undefined;
}

/**
 * Standard output. To a terminal it is written in the background: Node's own stream would keep the whole process
 * waiting, deaf to signals, while nobody reads.
 */
export function openStandardOutput(): Destination {
  if (!isatty(1)) {
    return { stream: process.stdout, isTerminal: false, movesCursor: false, ...sizeless };
  }
  return terminalAt(1, () => process.stdout);
}

/** Standard error, which must be a terminal; it is written in the background, too. */
export function openStandardError(): Destination {
  return terminalAt(2, () => process.stderr);
}

/** Takes what nobody is to read. */
export function openNothing(): Destination {
  const stream = new Writable({
    write: (_chunk, _encoding, written) => {
      written();
    },
  });
  return { stream, isTerminal: false, movesCursor: false, ...sizeless };
}

const sizeless = { columns: () => undefined, rows: () => undefined };

/** @param size asked for when it is needed: loading Node's own stream takes time */
function terminalAt(fd: 1 | 2, size: () => { readonly columns: number; readonly rows: number }): Destination {
  const known = (length: number): number | undefined => (length > 0 ? length : undefined);
  return {
    stream: createWriteStream("", { fd, autoClose: false }),
    isTerminal: true,
    movesCursor: process.platform === "win32" || !["", "dumb"].includes(process.env["TERM"] ?? ""),
    columns: () => known(size().columns),
    rows: () => known(size().rows),
  };
}
