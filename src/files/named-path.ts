import { homedir } from "node:os";
import { join } from "node:path";

/** A path as the operator wrote it, with `~/` for the folder of this user, as shells have it. */
export function namedPath(path: string): string {
  return path.startsWith("~/") ? join(homedir(), path.slice(2)) : path;
}
