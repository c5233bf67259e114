import { type Dirent, promises as files } from "node:fs";
import { join } from "node:path";
import { namedPath } from "./named-path.ts";

/**
 * The paths that begin with a word, folders with a slash at the end. Names with a space are left out: a line is split
 * there.
 */
export async function pathsFrom(part: string): Promise<readonly string[]> {
  const folder = part.slice(0, part.lastIndexOf("/") + 1);
  const place = folder === "" ? "." : namedPath(folder);
  const hidden = part.slice(folder.length).startsWith(".");
  const entries = (await entriesOf(place)).filter(({ name }) => name.startsWith(".") === hidden && !/[ \t]/.test(name));
  return Promise.all(
    entries.map(async (entry) => `${folder}${entry.name}${(await isFolder(place, entry)) ? "/" : ""}`),
  );
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await files.readdir(folder, { withFileTypes: true });
  } catch {
    // A folder that cannot be read has nothing to propose.
    return [];
  }
}

async function isFolder(place: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  try {
    return (await files.stat(join(place, entry.name))).isDirectory();
  } catch {
    // A link to nothing.
    return false;
  }
}
