import { statSync } from "node:fs";
import type { FileState } from "./hsm-file.ts";
import { birthOf, inodeOf, versionOf } from "./inode.ts";

/** What each file was when this process opened it as a database, by its inode, as long as it is open. */
export const openFiles = new Map<string, FileState>();

/** A file that this process closed and that the library may hold still, with its locks, as it was then. */
export interface ClosedFile {
  readonly state: FileState;
  readonly version: string | undefined;
  /** The index of its log. To open the file again goes on with that one, whatever another process did to it since. */
  readonly index: string | undefined;
}

/** Those files, by their inodes, until the library has let go of them. */
export const closedFiles = new Map<string, ClosedFile>();

/** A file that is closed now. */
export function closedNow(path: string, state: FileState): ClosedFile {
  return { state, version: versionOf(path), index: indexOf(path) };
}

/** What tells the index of a file's log from all others; undefined where there is none. */
export function indexOf(path: string): string | undefined {
  return birthOf(`${path}-shm`);
}

/** Whether the library may hold a file that this process has closed. */
export function mayBeHeld(path: string): boolean {
  return closedFiles.size > 0 && closedFiles.has(inodeOf(path) ?? "");
}

/**
 * What a file was when this process opened it as a database, or closed it, where nothing was written to it since; else
 * undefined. Such a file must not be opened once more to look at it: closing that would drop the locks that the library holds,
 * and it does not take them again for whoever opens the database next.
 */
export function openedAs(path: string): FileState | undefined {
  if (openFiles.size === 0 && closedFiles.size === 0) return undefined;
  const inode = inodeOf(path) ?? "";
  const state = openFiles.get(inode) ?? closedAs(inode, path);
  return state !== undefined && statSync(path).nlink > 1 ? { kind: "linked" } : state;
}

function closedAs(inode: string, path: string): FileState | undefined {
  const closed = closedFiles.get(inode);
  return closed !== undefined && closed.version === versionOf(path) ? closed.state : undefined;
}
