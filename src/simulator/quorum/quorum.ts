import { hasRight } from "../request/access.ts";
import { minimumOf, spendApproval } from "./approval.ts";
import type { Device } from "../request/device.ts";
import type { KeyRegistration, Quorum, QuorumMinimum } from "../../hsm/quorum-requests.ts";
import type { SessionHandle, UserReference } from "../../hsm/hsm.ts";
import { type Limits, isWithin } from "../../hsm/limits.ts";
import { isSigned, readPublicKey, requireOwnKey } from "./public-key.ts";
import { serviceOf } from "./service-of.ts";
import { minimums, users } from "../records/records.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { findUser, requireAnswer } from "../records/user-records.ts";
import { parseUserType } from "../../hsm/user.ts";

/** Whose signatures count on one HSM, and how many an operation takes. */
export class HsmQuorum implements Quorum {
  readonly #device: Device;

  constructor(device: Device) {
    this.#device = device;
  }

  async registerKey(session: SessionHandle, user: UserReference, registration: KeyRegistration): Promise<void> {
    const asked = parseUserType(user.type);
    const asking = { session, user: { name: user.name, type: asked } };
    await this.#device.perform("quorum.registerKey", asking, async (transaction, caller) => {
      const { id, record } = requireAnswer(await findUser(transaction, user.name), asked);
      if (!hasRight("useQuorum", record.type)) throw new HsmError("INVALID_USER_TYPE");
      const key = readRegistration(registration, this.#device.model.limits);
      await requireOwnKey(transaction, id, key);
      if (record.twoFactor === true && record.publicKey !== key) throw new HsmError("SECOND_FACTOR_KEY");
      if (id !== caller.id) await spendApproval(transaction, session, "USER_MGMT");
      await users.put(transaction, id, { ...record, publicKey: key });
    });
  }

  async minimum(session: SessionHandle, number: number): Promise<QuorumMinimum> {
    return this.#device.read("quorum.minimum", session, async (snapshot) => {
      const service = serviceOf(number);
      return { service, minimum: await minimumOf(snapshot, service) };
    });
  }

  async setMinimum(session: SessionHandle, number: number, minimum: number): Promise<void> {
    await this.#device.perform("quorum.setMinimum", { session }, async (transaction) => {
      const service = serviceOf(number);
      if (!isWithin(this.#device.model.limits.quorumMinimum, minimum)) throw new HsmError("M_VALUE_RANGE");
      const officers = (await users.list(transaction)).filter(([, { type }]) => hasRight("useQuorum", type));
      if (minimum > officers.length) throw new HsmError("M_VALUE_OFFICERS");
      if ((await minimumOf(transaction, "MISC_CO")) < (await minimumOf(transaction, service))) {
        throw new HsmError("M_VALUE_ORDER");
      }
      await spendApproval(transaction, session, "MISC_CO");
      await minimums.put(transaction, service, minimum);
    });
  }
}

/** The key of a registration whose signature proves that somebody holds its private part. Throws {@link HsmError}. */
function readRegistration({ token, signature, publicKey }: KeyRegistration, limits: Limits): string {
  if (!isWithin(limits.registrationToken, token.length)) throw new HsmError("REGISTRATION_TOKEN_LENGTH");
  const key = readPublicKey(publicKey);
  if (!isSigned(key, token, signature)) throw new HsmError("REGISTRATION_SIGNATURE");
  return key;
}
