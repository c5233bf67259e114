import { chmodSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { StateError } from "../errors/state-error.ts";
import { reason } from "./output-file.ts";
import { temporaryFile } from "./temporary-file.ts";

/** Writes a file whole or not at all, in place of one that is there. Throws what the file system throws. */
export function writeWholeFile(path: string, text: string, mode: number): void {
  const fresh = temporaryFile(dirname(path));
  try {
    writeFileSync(fresh, text, { mode: 0o600, flag: "wx", flush: true });
    chmodSync(fresh, mode);
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

/** Does what changes files below a folder. Throws {@link StateError} for what the file system refuses. */
export async function changingFolder<T>(folder: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StateError) throw error;
    throw new StateError(`${folder} cannot be changed: ${reason(error)}`, { cause: error });
  }
}
