import { promises as files } from "node:fs";
import { StateError } from "../errors/state-error.ts";
import { namedPath } from "./named-path.ts";
import { reason } from "./output-file.ts";

/** Writes a file that is not there yet, whole or not at all. Throws {@link StateError}. */
export async function writeNewFile(named: string, text: string): Promise<void> {
  const path = namedPath(named);
  let file: files.FileHandle;
  try {
    file = await files.open(path, "wx", 0o600);
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === "EEXIST";
    const problem = isThere ? "is there already, and is left as it is: give another name" : unwritten(error);
    throw new StateError(`${path} ${problem}`, { cause: error });
  }
  try {
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    await files.rm(path, { force: true });
    throw new StateError(`${path} ${unwritten(error)}`, { cause: error });
  } finally {
    await file.close();
  }
}

function unwritten(error: unknown): string {
  return `cannot be written: ${reason(error)}: name a file in a folder that is there and yours`;
}
