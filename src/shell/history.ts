import { constants, fstatSync, readSync, renameSync, writeFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "../files/folder.ts";
import { withOwnFile } from "../files/opened-file.ts";
import { printable } from "../text/printable.ts";

const longest = 1000;

/** Bytes at the end of the file that are looked at: no thousand lines of a person are longer. */
const readable = 4_194_304;

/** The commands that were typed, kept between sessions. Passwords never come here. */
export class History {
  readonly #file: string | undefined;
  readonly #lines: string[];

  /** @param file where it is kept; undefined keeps it for this session only */
  constructor(file: string | undefined) {
    this.#file = file;
    this.#lines = file === undefined ? [] : load(file);
  }

  /** The newest first, as readline wants them, and no more than it keeps. */
  get newestFirst(): readonly string[] {
    return this.#lines.slice(-longest).reverse();
  }

  /** Remembers a line, unless it repeats the last one. */
  add(line: string): void {
    if (line === this.#lines.at(-1)) return;
    this.#lines.push(line);
    if (this.#lines.length >= 2 * longest) this.#lines.splice(0, longest);
    if (this.#file !== undefined) append(this.#file, line);
  }
}

/** Lines that could do something to a terminal were not written here by this program. */
function load(file: string): string[] {
  const text = fileErrorIs("", () => withOwnFile(file, constants.O_RDONLY, readEnd) ?? "");
  const lines = text.split("\n").filter((line) => line !== "" && line === printable(line));
  const kept = lines.slice(-longest);
  // What cannot be shortened stays as it is: the lines are good all the same.
  if (lines.length > 2 * longest)
    fileErrorIs(undefined, () => {
      replace(file, kept);
    });
  return kept;
}

/** One write a line, so that several shells can share the file. One that cannot be kept stays in this session. */
function append(file: string, line: string): void {
  fileErrorIs(undefined, () => {
    makeFolder(dirname(file));
    const { O_WRONLY, O_APPEND, O_CREAT } = constants;
    withOwnFile(file, O_WRONLY | O_APPEND | O_CREAT, (descriptor) => writeSync(descriptor, `${line}\n`));
  });
}

function readEnd(descriptor: number): string {
  const { size } = fstatSync(descriptor);
  const bytes = Buffer.alloc(Math.min(size, readable));
  const length = readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
  return bytes.toString("utf8", 0, length);
}

function replace(file: string, lines: readonly string[]): void {
  const fresh = `${file}.${String(process.pid)}`;
  writeFileSync(fresh, `${lines.join("\n")}\n`, { mode: 0o600 });
  renameSync(fresh, file);
}

/** A history that cannot be read or kept must not stop the command. */
function fileErrorIs<T>(value: T, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && "syscall" in error) return value;
    throw error;
  }
}
