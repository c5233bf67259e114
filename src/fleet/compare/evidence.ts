import { HsmError } from "../../hsm/return-code.ts";
import { EventTail } from "../../simulator/event-tail.ts";
import type { Store } from "../../store/store.ts";

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

/** What the audit log of an HSM tells of when something was set last. */
export class Evidence {
  readonly #tail = new EventTail();
  readonly #found = new Map<string, number>();

  /** Reads on in the log; what cannot be read is left out. */
  async read(open: () => Promise<Store>): Promise<LastSet> {
    try {
      let length = atOnce;
      while (length === atOnce) {
        const { isNew, events } = await this.#tail.read(open(), atOnce);
        if (isNew) this.#found.clear();
        for (const { opcode, response, user, key, time } of events) {
          if (response !== 0 || !setting.has(opcode)) continue;
          if (user !== undefined) this.#found.set(`user ${user.name.toLowerCase()}`, time);
          if (key !== undefined) this.#found.set(`key ${String(key)}`, time);
        }
        ({ length } = events);
      }
    } catch (error) {
      // The log only says which of two states is newer: without it, the first server's is right.
      if (!(error instanceof HsmError)) throw error;
    }
    return this.#found;
  }
}
