import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

const longest = 1000;

/** The commands that were typed, kept between sessions. Lines that hold a password never come here. */
export class History {
  readonly #file: string | undefined;
  readonly #lines: string[];

  /** @param file where it is kept; undefined keeps it for this session only */
  constructor(file: string | undefined) {
    this.#file = file;
    this.#lines = file === undefined ? [] : load(file);
  }

  /** The newest first, as readline wants them. */
  get newestFirst(): readonly string[] {
    return this.#lines.toReversed();
  }

  /** Remembers a line, unless it repeats the last one. */
  add(line: string): void {
    if (line === this.#lines.at(-1)) return;
    this.#lines.push(line);
    if (this.#file !== undefined) append(this.#file, line);
  }
}

function load(file: string): string[] {
  try {
    const lines = readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "");
    const kept = lines.slice(-longest);
    if (lines.length > 2 * longest) replace(file, kept);
    return kept;
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}

/** One write a line, so that several shells can share the file. */
function append(file: string, line: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    appendFileSync(file, `${line}\n`, { mode: 0o600 });
  } catch (error) {
    // A history that cannot be kept must not stop the command: it stays in this session.
    if (!isFileError(error)) throw error;
  }
}

function replace(file: string, lines: readonly string[]): void {
  const fresh = `${file}.${String(process.pid)}`;
  writeFileSync(fresh, `${lines.join("\n")}\n`, { mode: 0o600 });
  renameSync(fresh, file);
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}
