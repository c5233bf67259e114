const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const controlC = 0x03;

/** Keys behind which nothing may be read yet: those that end a line (Enter, Ctrl-C, Ctrl-D), and Tab. */
const stops: ReadonlySet<number> = new Set([carriageReturn, lineFeed, controlC, 0x04, tab]);

/** What was typed and not asked for yet. CR, LF and CRLF are one end of a line each. */
export class TypeAhead {
  #bytes: Buffer = Buffer.alloc(0);
  #afterReturn = false;

  get length(): number {
    return this.#bytes.length;
  }

  push(bytes: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
  }

  /** Forgets everything that waits. */
  drop(): void {
    this.#bytes = this.#bytes.subarray(this.#bytes.length);
  }

  /** The bytes up to the first key behind which nothing may be read yet; undefined when nothing waits. */
  take(): Buffer | undefined {
    if (this.#afterReturn && this.#bytes.length > 0) {
      this.#afterReturn = false;
      if (this.#bytes[0] === lineFeed) this.#bytes = this.#bytes.subarray(1);
    }
    if (this.#bytes.length === 0) return undefined;
    const stop = this.#bytes.findIndex((byte) => stops.has(byte));
    const length = stop === -1 ? this.#bytes.length : stop + 1;
    const bytes = this.#bytes.subarray(0, length);
    this.#afterReturn = bytes.at(-1) === carriageReturn;
    this.#bytes = this.#bytes.subarray(length);
    return bytes;
  }
}

/** Whether the last key is Enter. */
export function endsLine(bytes: Buffer): boolean {
  const last = bytes.at(-1);
  return last === carriageReturn || last === lineFeed;
}

/** Whether the last key is Ctrl-C. */
export function interrupts(bytes: Buffer): boolean {
  return bytes.at(-1) === controlC;
}

/** Whether a key moves in the line or completes it, rather than adding a letter or ending it. */
export function isEditing(bytes: Buffer): boolean {
  return bytes.some((byte) => byte === tab || byte === 0x7f || (byte < 0x20 && !stops.has(byte)));
}
