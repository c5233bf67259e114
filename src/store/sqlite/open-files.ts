import { statSync } from "node:fs";
import type { FileState } from "./hsm-file.ts";
import { inodeOf } from "./inode.ts";

/** What each file was when this process opened it as a database, by its inode, as long as it is open. */
export const openFiles = new Map<string, FileState>();

/**
 * The files that this process closed, by their inodes, and that the library may hold still. To open one of them again would
 * go on with what the library knew of its log, which another process may have emptied and deleted since.
 */
export const closedFiles = new Set<string>();

/**
 * What a file was when this process opened it as a database; undefined where it is not open. Such a file must not be
 * opened once more to look at it: closing that would drop the locks of the database.
 */
export function openedAs(path: string): FileState | undefined {
  if (openFiles.size === 0) return undefined;
  const state = openFiles.get(inodeOf(path) ?? "");
  return state !== undefined && statSync(path).nlink > 1 ? { kind: "linked" } : state;
}
