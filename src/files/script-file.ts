import { createReadStream } from "node:fs";
import { CommandError } from "../errors/command-error.ts";
import { reason } from "./output-file.ts";

/** Bytes of the longest script. */
const largest = 16 * 1024 * 1024;

/**
 * The text of a script; `-` is standard input, and a pipe is read to its end. Throws {@link CommandError} with the name and
 * the reason.
 */
export async function readScriptFile(path: string): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    const source = path === "-" ? process.stdin : createReadStream(path);
    for await (const part of source as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > largest) throw new CommandError(`${path} is longer than ${String(largest)} bytes: split it`);
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${path} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
  return Buffer.concat(parts).toString("utf8");
}

/** Why a script cannot be read, and what to give instead where that is plain. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EISDIR") return "it is a folder: name a script in it";
  return code === "ENOENT" ? "no such file: give the path of a script, or - for standard input" : reason(error);
}
