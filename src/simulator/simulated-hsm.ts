import type { Store } from "../store/store.ts";
import { HsmCore, type HsmSurroundings, telling, translated } from "./request.ts";
import type { Hsm } from "../hsm/hsm.ts";
import { readCertificate } from "./certificates/certificates.ts";
import { informationOf } from "./hardware.ts";
import { HsmKeys } from "./keys/keys.ts";
import { HsmLogins } from "./users/logins.ts";
import { HsmQuorum } from "./quorum/quorum.ts";
import { requireOwnAddress } from "./own-address.ts";
import { type IdentityRecord, identities } from "./records/records.ts";
import { HsmError } from "../hsm/return-code.ts";
import { SecondFactorChallenge } from "./quorum/second-factor.ts";
import { HsmTokens } from "./quorum/tokens.ts";
import { HsmUsers } from "./users/users.ts";

/**
 * Switches an HSM on whose store is being opened. Throws {@link HsmError} for a store that cannot be opened or read.
 */
export function openHsm(opening: Promise<Store>, surroundings: HsmSurroundings): Promise<Hsm> {
  return telling(surroundings, () => switchOn(opening, surroundings));
}

async function switchOn(opening: Promise<Store>, surroundings: HsmSurroundings): Promise<Hsm> {
  const store = await translated(() => opening);
  const identity = await translated(() => identityOf(store, surroundings));
  const core = new HsmCore(store, identity, surroundings);
  const { hsmId: id, clusterId } = identity;
  const keys = new HsmKeys(core);
  const challenge = new SecondFactorChallenge();
  return {
    identity: { id, clusterId },
    identify: async () => {
      await core.check();
      return { id, clusterId };
    },
    logins: new HsmLogins(core, challenge),
    users: new HsmUsers(core, challenge),
    quorum: new HsmQuorum(core),
    tokens: new HsmTokens(core),
    keys,
    certificate: (type) => readCertificate(core, type),
    information: () => informationOf(core, keys),
    close: () => core.close(),
  };
}

/** Who the HSM is. A store that cannot say stays with whoever opened it: the next request asks it again. */
async function identityOf(store: Store, { address }: HsmSurroundings): Promise<IdentityRecord> {
  const identity = await store.read((snapshot) => identities.get(snapshot, "hsm"));
  if (identity === undefined) throw new HsmError("STORAGE_FAILURE");
  if (address !== undefined) requireOwnAddress(identity, address);
  return identity;
}
