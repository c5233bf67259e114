import type { Store } from "../store/store.ts";
import { Device } from "./request/device.ts";
import { telling, translated } from "./request/storage-failure.ts";
import type { Surroundings } from "./request/surroundings.ts";
import type { Hsm } from "../hsm/hsm.ts";
import { readCertificate, readRequest } from "./certificates/certificates.ts";
import { informationOf } from "./hardware.ts";
import { HeldKeys } from "./keys/held-keys.ts";
import { HsmKeyMaking } from "./keys/key-making.ts";
import { HsmKeyUsing } from "./keys/key-using.ts";
import { HsmKeyWrapping } from "./keys/key-wrapping.ts";
import { HsmKeys } from "./keys/keys.ts";
import { HsmLogins } from "./users/logins.ts";
import { models, unrecorded } from "./models/models.ts";
import { HsmQuorum } from "./quorum/quorum.ts";
import { identityIn } from "./own-identity.ts";
import type { IdentityRecord } from "./records/records.ts";
import { passing } from "../hsm/passage.ts";
import { HsmError } from "../hsm/return-code.ts";
import { HsmTokens } from "./quorum/tokens.ts";
import { HsmUnlocking } from "./users/unlocking.ts";
import { HsmUsers } from "./users/users.ts";

/**
 * Switches an HSM on whose store is being opened. Throws {@link HsmError} for a store that cannot be opened or read, and
 * for an HSM of a model that is not among `known`.
 */
export function openHsm(opening: Promise<Store>, surroundings: Surroundings, known = models): Promise<Hsm> {
  return telling(surroundings, () => switchOn(opening, surroundings, known));
}

async function switchOn(opening: Promise<Store>, surroundings: Surroundings, known: typeof models): Promise<Hsm> {
  const store = await translated(() => opening);
  const identity = await translated(() => identityOf(store, surroundings));
  const model = known.get(identity.model ?? unrecorded);
  if (model === undefined) throw new HsmError("STORAGE_FAILURE");
  const device = new Device(store, identity, model, surroundings);
  const { hsmId: id, clusterId } = identity;
  const held = new HeldKeys(device);
  const keys = new HsmKeys(held);
  const hsm: Hsm = {
    identity: { id, clusterId },
    identify: async () => {
      await device.check();
      return { id, clusterId };
    },
    encrypt: () => device.check(),
    logins: new HsmLogins(device),
    users: new HsmUsers(device),
    unlocking: new HsmUnlocking(device),
    quorum: new HsmQuorum(device),
    tokens: new HsmTokens(device),
    keys,
    making: new HsmKeyMaking(held),
    using: new HsmKeyUsing(held),
    wrapping: new HsmKeyWrapping(held),
    certificate: (type, session) => readCertificate(device, type, session),
    certificateRequest: (session) => readRequest(device, session),
    storeCertificate: async (session, certificate, type) => {
      const { storeCertificate } = await import("./certificates/certificate-storing.ts");
      return storeCertificate(device, session, certificate, type);
    },
    information: (session) => informationOf(device, keys, session),
    close: () => device.close(),
  };
  // Whatever is asked for, a store that fails is told of, and is the HSM's refusal.
  return passing(hsm, ({ given }, carryOut) => telling(surroundings, () => translated(() => carryOut(given))));
}

/** Who the HSM is. A store that cannot say stays with whoever opened it: the next request asks it again. */
function identityOf(store: Store, { address }: Surroundings): Promise<IdentityRecord> {
  return store.read((snapshot) => identityIn(snapshot, address));
}
