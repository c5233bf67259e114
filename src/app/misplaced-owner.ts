import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { readOwner } from "../simulator/certificate-reader.ts";
import type { Address } from "../store/address.ts";
import type { Home } from "../store/home.ts";

/**
 * What to do where the owner's certificate of an HSM is not where it is looked for, and lies beside the configuration, in
 * a folder `cert` beside or above it, or in the working folder; undefined where none of these has it. Throws StoreError,
 * HsmError.
 *
 * @param wanted where it is looked for
 * @param configuration the file that the shell was started with
 */
export async function misplacedOwner(
  home: Home,
  address: Address,
  wanted: string,
  configuration: string,
): Promise<string | undefined> {
  const beside = dirname(configuration);
  const name = basename(wanted);
  const places = [beside, join(beside, "cert"), join(beside, "..", "cert"), ".", "cert"];
  const candidates = new Set(places.map((place) => resolve(place, name)));
  candidates.delete(resolve(wanted));
  for (const candidate of candidates) {
    const found = await textOf(candidate);
    if (found === undefined) continue;
    const { isInitialised, isOwnedBy } = await readOwner(home.open(address), address);
    // Another owner's would help nobody where it is looked for.
    if (isInitialised && !isOwnedBy(found)) continue;
    return `the owner's certificate is at ${candidate}, where nobody looks for it: move it to ${wanted}, then start again`;
  }
  return undefined;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "latin1");
  } catch (error) {
    if (error instanceof Error && "syscall" in error) return undefined;
    throw error;
  }
}
