import { promises as files } from "node:fs";
import { CommandError } from "../errors/command-error.ts";
import { namedPath } from "./named-path.ts";
import { reason } from "./output-file.ts";

/** Looks whether a path that the operator names is a folder. Throws {@link CommandError} with what to do. */
export async function requireFolder(named: string): Promise<void> {
  const path = namedPath(named);
  try {
    if ((await files.stat(path)).isDirectory()) return;
  } catch (error) {
    const fix = (error as NodeJS.ErrnoException).code === "ENOENT" ? `: create it first (mkdir -p ${path})` : "";
    throw new CommandError(`${path} cannot be used: ${reason(error)}${fix}`, { cause: error });
  }
  throw new CommandError(`${path} cannot be used: it is not a folder`);
}
