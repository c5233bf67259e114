import { statSync } from "node:fs";

/** What tells a file from all others, whatever it is called; undefined where there is none. */
export function inodeOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? undefined : `${String(found.dev)}:${String(found.ino)}`;
}

/**
 * The same, told apart from a file that was there before: the number of one that was deleted is soon another's. Where the
 * file system does not know when a file was made, it may change with its content.
 */
export function birthOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? undefined : [found.dev, found.ino, found.birthtimeNs].join(":");
}

/** What changes with whatever is written to a file; undefined where there is none. */
export function versionOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found === undefined
    ? undefined
    : [found.dev, found.ino, found.birthtimeNs, found.mtimeNs, found.size].join(":");
}
