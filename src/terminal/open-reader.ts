import { ProgramError } from "../errors/program-error.ts";
import { closeSync, createReadStream } from "node:fs";
import { Socket } from "node:net";
import type { Readable } from "node:stream";
import { ReadStream, isatty } from "node:tty";
import { type FileKind, type OpenedFile, openFile } from "../files/opened-file.ts";
import type { Idle, LineReader } from "./line-reader.ts";
import { ScriptReader } from "./script-reader.ts";
import { StreamReader } from "./stream-reader.ts";
import type { TerminalMemory } from "./edited-line.ts";
import { Terminal } from "./terminal.ts";
import type { Writer } from "./writer.ts";

/** Where lines come from: `--command`, `--file`, or standard input. */
export interface LineSource {
  readonly commands: readonly string[];
  readonly file: string | undefined;
}

/** A `--file` that cannot be read: what is wrong, and what mends it. */
class ScriptError extends ProgramError {
  override readonly name = "ScriptError";
  override readonly fault = "user";
}

/** Whether commands are typed at a terminal. */
export function isTyped({ commands, file }: LineSource): boolean {
  return commands.length === 0 && file === undefined && isatty(0);
}

/**
 * Opens the queue of input. Throws {@link ScriptError}.
 *
 * @param terminal the one at which commands are typed, which may still be being taken
 * @param idle awaited before a line is waited for
 */
export async function openReader(
  source: LineSource,
  terminal: Promise<Terminal> | undefined,
  writer: Writer,
  memory: TerminalMemory,
  idle: Idle,
): Promise<LineReader> {
  if (source.file !== undefined) return new StreamReader(openScript(source.file), source.file, writer, idle);
  if (source.commands.length > 0) {
    const openPasswords = () => openStandardInput(isatty(0) ? Terminal.take() : undefined, writer, memory, idle);
    return new ScriptReader(source.commands, openPasswords, writer);
  }
  return openStandardInput(terminal, writer, memory, idle);
}

/** Line editing is loaded for a terminal only, and while that is being taken. */
async function openStandardInput(
  terminal: Promise<Terminal> | undefined,
  writer: Writer,
  memory: TerminalMemory,
  idle: Idle,
): Promise<LineReader> {
  if (terminal === undefined) return new StreamReader(process.stdin, "standard input", writer, idle);
  const [{ TerminalReader }, taken] = await Promise.all([import("./terminal-reader.ts"), terminal]);
  return new TerminalReader(taken, writer, memory, idle);
}

/** Why no script can be read from some files, and what to give instead. */
const unreadable: Partial<Record<FileKind, string>> = {
  folder: "is a folder: give the path of a file with one command a line",
  endless: "is a device, which may never end: give the path of a file with one command a line",
};

/** Opened before the first line of output, so that a script that is not there is told of and nothing else. */
function openScript(path: string): Readable {
  const { descriptor, kind } = openOrExplain(path);
  // What may keep us waiting is read as standard input is: not ahead, and so that a signal can end it.
  if (kind === "terminal") return new ReadStream(descriptor);
  if (kind === "pipe") return new Socket({ fd: descriptor, readable: true, writable: false });
  const problem = unreadable[kind];
  if (problem === undefined) return createReadStream(path, { fd: descriptor });
  closeSync(descriptor);
  throw new ScriptError(`--file ${path}: ${problem}`);
}

function openOrExplain(path: string): OpenedFile {
  try {
    return openFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const problem = code === "ENOENT" ? "no such file: give the path of a file with one command a line" : message;
    throw new ScriptError(`--file ${path}: ${problem}`, { cause: error });
  }
}
