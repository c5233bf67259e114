import type { Address } from "../store/address.ts";
import { StoreError } from "../store/store.ts";
import type { IdentityRecord } from "./records/records.ts";

/**
 * An HSM has one address: a copy of its file at a second one would be a second server with the same id and the same
 * logins. Throws StoreError `unavailable`.
 */
export function requireOwnAddress({ hsmId, hostname, port }: IdentityRecord, found: Address): void {
  if (hostname.toLowerCase() === found.hostname.toLowerCase() && port === found.port) return;
  throw new StoreError(
    "unavailable",
    `the file at ${found.hostname}:${String(found.port)} is a copy of ${hsmId}, which is at ${hostname}:${String(port)}`,
    { advice: "remove this file; a copy is a backup, to be put back under the same name" },
  );
}
