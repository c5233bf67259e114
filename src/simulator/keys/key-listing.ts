import { createHash } from "node:crypto";
import type { HeldKey } from "../../hsm/key-requests.ts";
import type { KeyAccessRecord } from "../records/records.ts";

type Keys = readonly (readonly [handle: number, access: KeyAccessRecord])[];

/**
 * The keys that a user can use, in the order of their handles: its own, those shared with it, and everyone's public
 * ones. For user 0 all keys of all users.
 */
export function keysOf(all: Keys, userId: number): readonly HeldKey[] {
  return all.flatMap(([handle, access]): readonly HeldKey[] => {
    if (userId === 0) return [{ handle, held: "everyone" }];
    if (access.owner === userId) return [{ handle, held: "owner" }];
    if (access.public) return [{ handle, held: "public" }];
    return access.sharedWith.includes(userId) ? [{ handle, held: "shared" }] : [];
  });
}

/** Whether the key hash is shown with these keys: not of a user who has none, as the guide says. */
export function hasHash(found: readonly HeldKey[], userId: number): boolean {
  return userId === 0 || found.some(({ held }) => held !== "public");
}

/**
 * The key hash: SHA-256, in hex, over the handle, owner, shares and check value of every key of the HSM. It is the
 * same on HSMs in step, and another one as soon as any of these differs.
 */
export function keyHash(all: Keys): string {
  const hash = createHash("sha256");
  for (const [handle, { owner, sharedWith, mValue, kcv }] of all) {
    hash.update(`${String(handle)}:${String(owner)}:${sharedWith.join(",")}:${String(mValue)}:${kcv}\n`);
  }
  return hash.digest("hex");
}
