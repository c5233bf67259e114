import { promises as files } from "node:fs";
import { join } from "node:path";

/** Milliseconds after which a temporary file is a leftover: a write takes a moment. */
const longestWrite = 60_000;

const pattern = /^\.cloudhsm_mgmt_util-[\da-f]{16}$/;

/** A name for a file that is being written in `folder`: of one length, for the name it gets may be as long as names can be. */
export function temporaryFile(folder: string): string {
  const random = Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString("hex");
  return join(folder, `.cloudhsm_mgmt_util-${random}`);
}

/**
 * Removes the leftovers of killed writes from `folder`.
 *
 * @param age in milliseconds, from which a temporary file is one
 */
export async function sweep(folder: string, age = longestWrite): Promise<void> {
  for await (const name of namesIn(folder)) {
    if (pattern.test(name)) await allowed(() => removeLeftover(join(folder, name), age));
  }
}

async function* namesIn(folder: string): AsyncGenerator<string> {
  const entries = await allowed(() => files.opendir(folder));
  for await (const { name } of entries ?? []) yield name;
}

async function removeLeftover(path: string, age: number): Promise<void> {
  const { mtimeMs } = await files.stat(path);
  if (Date.now() - Math.floor(mtimeMs) >= age) await files.unlink(path);
}

/** What the system lets one do; undefined where it does not, as in a folder of others: the write itself is not in the way. */
async function allowed<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && "syscall" in error) return undefined;
    throw error;
  }
}
