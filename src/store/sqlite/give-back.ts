import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { closedFiles } from "./open-files.ts";

/**
 * Has the library let go of the files that were closed: it holds one, and its lock, until the statements that were
 * prepared on it are collected, which in a quiet process may be never. Takes some milliseconds where any was closed.
 */
export async function giveBackClosedFiles(): Promise<void> {
  if (closedFiles.size === 0) return;
  const closed = [...closedFiles];
  collect();
  // What a statement holds is dropped in a turn of its own, after it was collected.
  await new Promise((resolve) => setImmediate(resolve));
  // Whoever closed one of them meanwhile holds it anew.
  for (const [inode, file] of closed) if (closedFiles.get(inode) === file) closedFiles.delete(inode);
}

/** Node offers the collection to contexts that are made after the flag was set. */
function collect(): void {
  setFlagsFromString("--expose-gc");
  try {
    const now = runInNewContext("gc") as () => void;
    now();
  } finally {
    setFlagsFromString("--no-expose-gc");
  }
}
