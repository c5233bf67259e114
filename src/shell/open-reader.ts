import { closeSync, createReadStream, fstatSync, openSync } from "node:fs";
import type { LineReader } from "./line-reader.ts";
import { ScriptReader } from "./script-reader.ts";
import { StreamReader } from "./stream-reader.ts";
import type { TerminalMemory } from "./edited-line.ts";
import type { Writer } from "./writer.ts";

/** Where lines come from: `--command`, `--file`, or standard input. */
export interface LineSource {
  readonly commands: readonly string[];
  readonly file: string | undefined;
}

/** A `--file` that cannot be read: what is wrong, and what mends it. */
export class ScriptError extends Error {
  override readonly name = "ScriptError";
}

/** Opens the queue of input. Throws {@link ScriptError}. */
export async function openReader(source: LineSource, writer: Writer, memory: TerminalMemory): Promise<LineReader> {
  if (source.file !== undefined) {
    return new StreamReader(createReadStream(source.file, { fd: openScript(source.file) }), writer);
  }
  const standardInput = process.stdin.isTTY
    ? await openTerminal(writer, memory)
    : new StreamReader(process.stdin, writer);
  if (source.commands.length === 0) return standardInput;
  return new ScriptReader(source.commands, standardInput, writer);
}

/** Line editing is loaded for a terminal only. */
async function openTerminal(writer: Writer, memory: TerminalMemory): Promise<LineReader> {
  const { TerminalReader } = await import("./terminal-reader.ts");
  return new TerminalReader(process.stdin, writer, memory);
}

/** Opened before the first line of output, so that a script that is not there is told of and nothing else. */
function openScript(path: string): number {
  const file = openOrExplain(path);
  if (!fstatSync(file).isDirectory()) return file;
  closeSync(file);
  throw new ScriptError(`--file ${path}: is a folder: give the path of a file with one command a line`);
}

function openOrExplain(path: string): number {
  try {
    return openSync(path, "r");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const problem = code === "ENOENT" ? "no such file: give the path of a file with one command a line" : message;
    throw new ScriptError(`--file ${path}: ${problem}`, { cause: error });
  }
}
