import { realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { CommandError } from "../command.ts";
import { isHsmFile } from "./hsm-file.ts";

/**
 * Writes a file whole or not at all: beside its place first, then in it, where it replaces what stands there. Throws
 * {@link CommandError}.
 */
export async function writeOutputFile(path: string, text: string): Promise<void> {
  const target = await replaceable(path);
  const fresh = `${target}.${Buffer.from(crypto.getRandomValues(new Uint8Array(4))).toString("hex")}`;
  try {
    await writeFile(fresh, text, { mode: 0o600, flag: "wx", flush: true });
    await rename(fresh, target);
  } catch (error) {
    await rm(fresh, { force: true });
    throw new CommandError(`${path} cannot be written: ${reason(error)}`, { cause: error });
  }
}

/** The file that a path leads to, which a link must not be taken for; a device or folder is not to be replaced. */
async function replaceable(path: string): Promise<string> {
  try {
    const target = await realpath(path);
    if (isHsmFile(target)) throw new CommandError(`${path} cannot be written: it is the file of an HSM`);
    if ((await stat(target)).isFile()) return target;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return path;
    throw new CommandError(`${path} cannot be written: ${reason(error)}`, { cause: error });
  }
  throw new CommandError(`${path} cannot be written: it is no ordinary file`);
}

/** What the system says of a failure, without the name that the file has for a moment. */
export function reason(error: unknown): string {
  const { message } = error as NodeJS.ErrnoException;
  return /^[A-Z\d]+: ([^,]+),/.exec(message)?.[1] ?? message;
}
