import { promises as files } from "node:fs";
import { dirname } from "node:path";
import { StateError } from "../errors/state-error.ts";
import { namedPath } from "./named-path.ts";
import { reason } from "./output-file.ts";
import { sweep, temporaryFile } from "./temporary-file.ts";

/**
 * Puts a text in place of another one that a file has, whole or not at all; the file keeps its mode. Throws {@link
 * StateError} where it cannot be written, or has another text by now: what has the new one already was edited alike.
 */
export async function replaceText(named: string, before: string, after: string): Promise<void> {
  const path = namedPath(named);
  let fresh: string | undefined;
  try {
    const target = await files.realpath(path);
    const { mode } = await files.stat(target);
    const now = await files.readFile(target, "utf8");
    if (now === after) return;
    if (now !== before) {
      throw new StateError(`${path} is left as it is: somebody edited it meanwhile`);
    }
    await sweep(dirname(target));
    fresh = temporaryFile(dirname(target));
    await files.writeFile(fresh, after, { mode: mode & 0o777, flag: "wx", flush: true });
    await files.chmod(fresh, mode & 0o777);
    await files.rename(fresh, target);
  } catch (error) {
    if (fresh !== undefined) await files.rm(fresh, { force: true });
    if (error instanceof StateError) throw error;
    throw new StateError(`${path} cannot be written: ${reason(error)}`, { cause: error });
  }
}
