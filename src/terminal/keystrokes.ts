const nul = 0x00;
const controlC = 0x03;
const controlD = 0x04;
const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const deleteKey = 0x7f;
const firstLetter = 0x20;

/** Keys after which reading pauses until the line was handled: those that end a line (Enter, Ctrl-C, Ctrl-D), and Tab. */
const stops: ReadonlySet<number> = new Set([carriageReturn, lineFeed, controlC, controlD, tab]);

/** Whether reading pauses after this key until the line has taken it. */
export function isStop(key: number): boolean {
  return stops.has(key);
}

/** Whether this key is Ctrl-C. */
export function isInterrupt(key: number): boolean {
  return key === controlC;
}

/** Ctrl-N, Ctrl-P, Ctrl-R, Up and Down, as the terminals send them: nobody knows yet which line of the history they bring. */
const recalls: readonly string[] = ["\u000e", "\u0010", "\u0012", "\u001b[A", "\u001b[B", "\u001bOA", "\u001bOB"];

/**
 * Whether the last line of keys that were typed ahead may end the session, so that what follows is not ours to read:
 * Ctrl-D, `quit`, also where Tab completes it, or a line of the history.
 */
export function endsSession(keys: readonly number[]): boolean {
  const last = keys.at(-1);
  if (last === controlD) return true;
  if (last !== carriageReturn && last !== lineFeed) return false;
  const endsLineBefore = (key: number, at: number): boolean => at < keys.length - 1 && key !== tab && stops.has(key);
  const line = String.fromCharCode(...keys.slice(keys.findLastIndex(endsLineBefore) + 1));
  return /^\s*q(?:u|ui|uit)?\s*$/i.test(line) || recalls.some((recall) => line.includes(recall));
}

/** Whether the last key is Enter. */
export function endsLine(keys: Buffer): boolean {
  const last = keys.at(-1);
  return last === carriageReturn || last === lineFeed;
}

/** Whether the last key is Ctrl-C. */
export function interrupts(keys: Buffer): boolean {
  return keys.at(-1) === controlC;
}

/** Whether a key moves in the line or completes it, rather than adding a letter or ending it. */
export function isEditing(keys: Buffer): boolean {
  return keys.some((key) => key === tab || key === deleteKey || (key < firstLetter && !stops.has(key)));
}

/** Makes keys of the bytes of a terminal. CR, LF and CRLF are one end of a line each. */
export class KeyDecoder {
  #afterReturn = false;
  /** Whether the terminal was waited for: what comes now was typed while this program had it. */
  #waited = false;

  /** The terminal had nothing to give. */
  waited(): void {
    this.#waited = true;
  }

  /** The key of a byte; undefined for the LF of a CRLF. */
  decode(byte: number): number | undefined {
    const isSecond = this.#afterReturn && byte === lineFeed;
    this.#afterReturn = byte === carriageReturn;
    if (isSecond) return undefined;
    // A Ctrl-D that was typed before this program had the terminal has become a NUL there.
    return byte === nul && !this.#waited ? controlD : byte;
  }
}
