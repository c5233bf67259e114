import { statSync } from "node:fs";
import type { FileState } from "./hsm-file.ts";
import { inodeOf } from "./inode.ts";

/** What each file was when this process opened it as a database, by its inode, as long as it is open. */
export const openFiles = new Map<string, FileState>();

/**
 * The files that this process closed and that the library may hold still, by their inodes: the inode of the index of its log then.
 * To open one of them again goes on with that index, which another process may have deleted since, with the log.
 */
export const closedFiles = new Map<string, string | undefined>();

/**
 * What a file was when this process opened it as a database; undefined where it is not open. Such a file must not be
 * opened once more to look at it: closing that would drop the locks of the database.
 */
export function openedAs(path: string): FileState | undefined {
  if (openFiles.size === 0) return undefined;
  const state = openFiles.get(inodeOf(path) ?? "");
  return state !== undefined && statSync(path).nlink > 1 ? { kind: "linked" } : state;
}
