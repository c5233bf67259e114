import { createHash } from "node:crypto";
import type { Address } from "../store/address.ts";
import type { Presence } from "../store/presence.ts";
import type { Store } from "../store/store.ts";
import { identityIn } from "./own-identity.ts";
import { type PresentLogin, loginsOf } from "./present-logins.ts";
import { keys, users } from "./records/records.ts";
import { translated } from "./request/storage-failure.ts";

/** What an HSM holds, as it is seen from outside. */
export interface HsmStatus {
  readonly hsmId: string;
  readonly clusterId: string;
  /** Where its cluster is; undefined where nobody ever said. */
  readonly region: string | undefined;
  /** The same for HSMs that share a masking key: those of a cluster and its clones. Says nothing else of that key. */
  readonly family: string;
  readonly users: number;
  readonly tokenKeys: number;
  /** In the order of their sessions. */
  readonly logins: readonly PresentLogin[];
}

/**
 * Reads what the HSM at `address` holds, beside the shells that work on it, and changes nothing. Throws HsmError
 * for a store that cannot be read.
 *
 * @param opening the store of the HSM, which is being opened
 */
export function readStatus(opening: Promise<Store>, address: Address, presence: Presence): Promise<HsmStatus> {
  return translated(async () =>
    (await opening).read(async (snapshot) => {
      const identity = await identityIn(snapshot, address);
      const { hsmId, clusterId, region, maskingKey } = identity;
      return {
        hsmId,
        clusterId,
        region,
        family: createHash("sha256")
          .update("family")
          .update(Buffer.from(maskingKey, "base64"))
          .digest("hex")
          .slice(0, 16),
        users: await users.count(snapshot),
        tokenKeys: await keys.count(snapshot),
        logins: await loginsOf(snapshot, presence),
      };
    }),
  );
}
