import { promises as files } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CommandError } from "../errors/command-error.ts";
import { isOfHsms } from "./hsm-file.ts";
import { namedPath } from "./named-path.ts";
import { sweep, temporaryFile } from "./temporary-file.ts";

/**
 * Writes a file whole or not at all: first beside its place, then in it, replacing an existing file. Throws {@link
 * CommandError}.
 */
export async function writeOutputFile(
  home: string | undefined,
  named: string,
  text: string | Uint8Array,
): Promise<void> {
  const path = namedPath(named);
  const target = await replaceable(home, path);
  const fresh = temporaryFile(dirname(target));
  try {
    await sweep(dirname(target));
    await files.writeFile(fresh, text, { mode: 0o600, flag: "wx", flush: true });
    await files.rename(fresh, target);
  } catch (error) {
    await files.rm(fresh, { force: true });
    throw new CommandError(`${path} cannot be written: ${reason(error)}`, { cause: error });
  }
}

/** The file that a path leads to, which a link must not be taken for; a device or folder is not to be replaced. */
async function replaceable(home: string | undefined, path: string): Promise<string> {
  try {
    const target = await placeOf(path);
    if (await isOfHsms(home, target)) throw new CommandError(`${path} cannot be written: it belongs to the HSMs`);
    if ((await files.stat(target)).isFile()) return target;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return path;
    throw new CommandError(`${path} cannot be written: ${reason(error)}`, { cause: error });
  }
  throw new CommandError(`${path} cannot be written: it is not an ordinary file`);
}

/** Where a path leads to, without links; of a file that there is not, its place in its folder. */
async function placeOf(path: string): Promise<string> {
  try {
    return await files.realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return join(await files.realpath(dirname(path)), basename(path));
  }
}

/** The system's reason for a failure, without the temporary name of the file. */
export function reason(error: unknown): string {
  const { message } = error as NodeJS.ErrnoException;
  return /^[A-Z\d]+: ([^,]+),/.exec(message)?.[1] ?? message;
}
