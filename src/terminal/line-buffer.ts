import { type Answer, longestLine } from "./line-reader.ts";

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const byteOrderMark = Buffer.from("\ufeff");
const nothing = Buffer.alloc(0);

/** Bytes that have come, given out line by line. CR, LF and CRLF end a line, wherever the bytes were cut. */
export class LineBuffer {
  #bytes: Buffer = nothing;
  /** Up to where `#bytes` is known to hold no end of line. */
  #searched = 0;
  #afterReturn = false;
  #tooLong = false;
  #ended = false;
  #isFirst = true;

  /** Takes bytes that have come. */
  push(chunk: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
  }

  /** No more bytes will come: what is left is the last line. */
  end(): void {
    this.#ended = true;
  }

  /** Nobody will complete the line that has begun: it does not count, lest half a command be carried out. */
  hangUp(): void {
    const end = this.#bytes.findLastIndex((byte) => byte === lineFeed || byte === carriageReturn);
    this.#bytes = this.#bytes.subarray(0, end + 1);
    this.#tooLong = false;
    this.#searched = 0;
    this.#ended = true;
  }

  /** The next line; undefined while it is not complete. */
  take(): Answer | undefined {
    this.#skipLineFeed();
    const end = this.#findEnd();
    if (end !== undefined) {
      this.#afterReturn = this.#bytes[end] === carriageReturn;
      return this.#cut(end, end + 1);
    }
    if (this.#ended) {
      const { length } = this.#bytes;
      return length === 0 && !this.#tooLong ? { kind: "end" } : this.#cut(length, length);
    }
    this.#dropTooLong();
    return undefined;
  }

  /** The line feed of a CRLF whose carriage return ended the line before. */
  #skipLineFeed(): void {
    if (!this.#afterReturn || this.#bytes.length === 0) return;
    this.#afterReturn = false;
    if (this.#bytes[0] === lineFeed) this.#bytes = this.#bytes.subarray(1);
  }

  #findEnd(): number | undefined {
    for (let at = this.#searched; at < this.#bytes.length; at++) {
      const byte = this.#bytes[at];
      if (byte === lineFeed || byte === carriageReturn) return at;
    }
    this.#searched = this.#bytes.length;
    return undefined;
  }

  #cut(end: number, next: number): Answer {
    const whole = this.#bytes.subarray(0, end);
    // Editors of other systems put a byte order mark before all else.
    const line = this.#isFirst && whole.indexOf(byteOrderMark) === 0 ? whole.subarray(byteOrderMark.length) : whole;
    this.#isFirst = false;
    const tooLong = this.#tooLong || line.length > longestLine;
    this.#bytes = this.#bytes.subarray(next);
    this.#searched = 0;
    this.#tooLong = false;
    return tooLong ? { kind: "tooLong", longest: longestLine } : { kind: "line", text: line.toString("utf8") };
  }

  #dropTooLong(): void {
    if (this.#bytes.length <= longestLine) return;
    this.#tooLong = true;
    this.#bytes = nothing;
    this.#searched = 0;
  }
}
