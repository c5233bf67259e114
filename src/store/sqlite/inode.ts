import { statSync } from "node:fs";

/** What tells a file from all others, whatever it is called; undefined where there is none. */
export function inodeOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? undefined : `${String(found.dev)}:${String(found.ino)}`;
}
