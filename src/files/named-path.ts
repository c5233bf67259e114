import { homedir } from "node:os";
import { join } from "node:path";

/** Expands `~/` in a path that the operator wrote, as shells do. */
export function namedPath(path: string): string {
  return path.startsWith("~/") ? join(homedir(), path.slice(2)) : path;
}

/** A path as it is written here, of one that may be written as on Windows: `..\\cert\\P1.csr`. */
export function slashed(path: string): string {
  return path.includes("/") ? path : path.replaceAll("\\", "/");
}
