import { promises as files } from "node:fs";
import { join, sep } from "node:path";

/**
 * Whether a resolved path is in the folder of the HSMs, or another name of a file there. Opening such a file in any
 * other way would drop the locks of this process on it, and other shells would take away what it works on; replacing
 * one would lock everybody out.
 */
export async function isOfHsms(home: string | undefined, path: string): Promise<boolean> {
  // By its name alone, wherever it is: the HSM of another home.
  if (/\.hsm(?:-wal|-shm|-journal)?$/i.test(path)) return true;
  const folder = home === undefined ? undefined : await found(() => files.realpath(home));
  if (folder === undefined) return false;
  if (path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`)) return true;
  const named = await found(() => files.stat(path));
  if (named === undefined || named.nlink < 2 || !named.isFile()) return false;
  for (const entry of (await found(() => files.readdir(folder, { recursive: true }))) ?? []) {
    const other = await found(() => files.stat(join(folder, entry)));
    if (other?.ino === named.ino && other.dev === named.dev) return true;
  }
  return false;
}

/** What a question about files finds; undefined where there is no such file. */
async function found<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Error && "syscall" in error) return undefined;
    throw error;
  }
}
