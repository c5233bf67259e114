import { HsmError } from "../../hsm/return-code.ts";
import { AuditLog } from "../../simulator/audit-reader.ts";
import type { Home } from "../../store/home.ts";
import type { Relative } from "./relative.ts";

/** Events of a log that are in memory at once. */
const atOnce = 10_000;

/** The events by which a user or a key got the state that it is in. */
const setting: ReadonlySet<string> = new Set([
  "CN_CREATE_USER",
  "CN_CREATE_CO",
  "CN_CHANGE_PSWD",
  "CN_SET_USER_ATTRIBUTES",
  "CN_REGISTER_QUORUM_PUB_KEY",
  "CN_INSERT_MASKED_OBJECT_USER",
  "CN_MODIFY_OBJECT",
]);

/**
 * When something was set last on an HSM, in microseconds since 1970, by `user <name in lower case>` or `key <handle>`; what its
 * audit log does not tell is not in it. Whoever may share a key does so without its handle in the log.
 */
export type LastSet = ReadonlyMap<string, number>;

/** Reads that from the audit log of an HSM; empty for a log that cannot be read. */
export async function lastSetOn(home: Home, { hostname, port }: Relative): Promise<LastSet> {
  const found = new Map<string, number>();
  const address = { hostname, port };
  try {
    const log = await AuditLog.open(home.open(address), address);
    for (let events = await log.read(atOnce); events.length > 0; events = await log.read(atOnce)) {
      for (const { opcode, response, user, key, time } of events) {
        if (response !== 0 || !setting.has(opcode)) continue;
        if (user !== undefined) found.set(`user ${user.name.toLowerCase()}`, time);
        if (key !== undefined) found.set(`key ${String(key)}`, time);
      }
    }
  } catch (error) {
    // The log only says which of two states is newer: without it, the first server's is right.
    if (!(error instanceof HsmError)) throw error;
  }
  return found;
}
