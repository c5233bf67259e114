import { statSync } from "node:fs";
import { dirname } from "node:path";
import { StateError } from "../errors/state-error.ts";
import { reason } from "./output-file.ts";

/**
 * Looks whether a folder is at a path, or could be made there: no part of it is anything else. Throws {@link StateError}
 * otherwise.
 */
export function requireRoomForFolder(path: string): void {
  let isFolderThere: boolean;
  try {
    isFolderThere = statSync(path).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
      throw new StateError(`${path} can be no folder, ${reason(error)}: name another one`, { cause: error });
    }
    requireRoomForFolder(dirname(path));
    return;
  }
  if (!isFolderThere) throw new StateError(`${path} is a file: name a folder`);
}
