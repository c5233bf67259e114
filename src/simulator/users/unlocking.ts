import { createHash, randomBytes } from "node:crypto";
import type { SessionHandle } from "../../hsm/hsm.ts";
import { HsmError } from "../../hsm/return-code.ts";
import type { UnlockChallenge, Unlocking } from "../../hsm/unlock-requests.ts";
import type { Snapshot } from "../../store/store.ts";
import { signAsCluster } from "../certificates/cluster-signature.ts";
import { isSignedByOwner } from "../certificates/owner.ts";
import { certificateTypes } from "../../hsm/certificate-type.ts";
import { certificates, unlockChallenges, users } from "../records/records.ts";
import { type FoundUser, findUser, isLocked } from "../records/user-records.ts";
import type { Device } from "../request/device.ts";

const officers = ["PRECO", "PCO", "CO"] as const;

/** Unlocking the officers of one HSM by the word of its cluster's owner. */
export class HsmUnlocking implements Unlocking {
  readonly #device: Device;

  constructor(device: Device) {
    this.#device = device;
  }

  challenge(session: SessionHandle, name: string): Promise<UnlockChallenge> {
    const asking = { session, user: { name, type: "CO" } } as const;
    return this.#device.perform("unlocking.challenge", asking, async (transaction) => {
      const found = await this.#requireLocked(transaction, name);
      const { identity } = this.#device;
      const challenge = draw(identity.hsmId, found);
      await unlockChallenges.put(transaction, found.id, challenge.toString("base64"));
      return { challenge, signature: await signAsCluster(transaction, identity, challenge) };
    });
  }

  unlock(session: SessionHandle, name: string, signature: Uint8Array): Promise<void> {
    const asking = { session, user: { name, type: "CO" } } as const;
    return this.#device.perform("unlocking.unlock", asking, async (transaction) => {
      const { id, record } = await this.#requireLocked(transaction, name);
      const drawn = await unlockChallenges.get(transaction, id);
      if (drawn === undefined) throw new HsmError("UNLOCK_NO_CHALLENGE");
      const owner = await certificates.get(transaction, certificateTypes.customerRoot);
      if (owner === undefined) throw new HsmError("STORAGE_FAILURE");
      const challenge = Buffer.from(drawn, "base64");
      if (!isSignedByOwner(owner, challenge, signature)) throw new HsmError("UNLOCK_SIGNATURE");
      await users.put(transaction, id, { ...record, loginFailures: 0 });
      await unlockChallenges.remove(transaction, id);
    });
  }

  async #requireLocked(snapshot: Snapshot, name: string): Promise<FoundUser> {
    const found = await findUser(snapshot, name);
    if (found === undefined) throw new HsmError("USER_NOT_FOUND");
    if (!officers.some((type) => type === found.record.type)) throw new HsmError("INVALID_USER_TYPE");
    if (!isLocked(found.record, this.#device.model.limits)) throw new HsmError("USER_NOT_LOCKED");
    return found;
  }
}

/** As long as a sibling's, which is published in no more than its length: the purpose, the user, the HSM, and what is drawn. */
function draw(hsmId: string, { id, record }: FoundUser): Buffer {
  const number = Buffer.alloc(4);
  number.writeUInt32BE(id);
  return Buffer.concat([
    padded("unlockCO", 16),
    padded(record.name, 32),
    number,
    createHash("sha256").update(hsmId).digest(),
    randomBytes(92),
  ]);
}

function padded(text: string, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.write(text);
  return bytes;
}
