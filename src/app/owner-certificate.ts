import { readFile } from "node:fs/promises";
import { checkedIn } from "../fleet/checked-clusters.ts";
import { HsmError } from "../hsm/return-code.ts";
import type { Unencrypted } from "../hsm/unencrypted.ts";
import { readOwner } from "../simulator/certificate-reader.ts";
import type { Address } from "../store/address.ts";
import type { Home } from "../store/home.ts";

/**
 * What keeps a shell from encrypting its connection to an HSM, where the owner's certificate of its cluster matters. Throws
 * StoreError for a home whose records cannot be read.
 */
export async function unencryptedBy(home: Home, address: Address, path: string): Promise<Unencrypted | undefined> {
  const checked = await (await home.records())?.read(checkedIn);
  if (checked === undefined || checked.size === 0) return undefined;
  try {
    const { clusterId, isInitialised, isOwnedBy } = await readOwner(home.open(address), address);
    if (!checked.has(clusterId)) return undefined;
    const owner = await ownerAt(path);
    if (owner === undefined) return { why: "ownerMissing", path };
    if (!isInitialised) return { why: "uninitialised" };
    return isOwnedBy(owner) ? undefined : { why: "ownerForeign", path };
  } catch (error) {
    // An HSM that cannot be read says so to its first request.
    if (error instanceof HsmError) return undefined;
    throw error;
  }
}

/** What cannot be read is as good as missing: the original has one text for both. */
async function ownerAt(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "latin1");
  } catch (error) {
    if (error instanceof Error && "syscall" in error) return undefined;
    throw error;
  }
}
