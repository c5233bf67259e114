import type { Transaction } from "../../store/store.ts";
import { spendApproval } from "../quorum/approval.ts";
import { hasRight, requireRight } from "../request/access.ts";
import { type Caller, nobody } from "../request/asking.ts";
import type { Device } from "../request/device.ts";
import type { Credentials, SecondFactor, SessionHandle, UserReference, Users } from "../../hsm/hsm.ts";
import { isUserName } from "../../hsm/limits.ts";
import { ownsKeys, removeFromShares, removeKeysOf, restoreShares, sharedKeysOf } from "../records/key-records.ts";
import { MaskingKey } from "../sealing/masking-key.ts";
import type { MaskedObject } from "../../hsm/masked-object.ts";
import { type MaskedUser, readMaskedUser } from "./masked-user.ts";
import { users } from "../records/records.ts";
import { hashOf } from "../sealing/password-hash.ts";
import { requireLength } from "./password-length.ts";
import { userHash } from "./user-hash.ts";
import { requests } from "../../hsm/requests.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { enrol, spendChallenge } from "../quorum/second-factor.ts";
import { isLoggedInElsewhere } from "../records/session-records.ts";
import {
  type FoundUser,
  findUser,
  isLocked,
  nextUserId,
  passwordOf,
  putUser,
  removeUser,
  requireAnswer,
  requireManaged,
  requireRoom,
  summarise,
} from "../records/user-records.ts";
import {
  type SwitchChanges,
  type UserDetails,
  type UserSummary,
  type UserType,
  parseUserType,
} from "../../hsm/user.ts";
import { changedSwitches, detail } from "./switches.ts";

/** The users of one HSM. */
export class HsmUsers implements Users {
  readonly #device: Device;
  readonly #maskingKey: MaskingKey;

  constructor(device: Device) {
    this.#device = device;
    this.#maskingKey = MaskingKey.decode(device.identity.maskingKey);
  }

  async list(): Promise<readonly UserSummary[]> {
    const records = await this.#device.read("users.list", nobody, (snapshot) => users.list(snapshot));
    return records.map(([id, record]) => summarise({ id, record }));
  }

  async find(name: string): Promise<UserDetails> {
    const found = await this.#device.read("users.find", nobody, (snapshot) => findUser(snapshot, name));
    if (found === undefined) throw new HsmError("USER_NOT_FOUND");
    return detail(found);
  }

  hash(session: SessionHandle, name?: string): Promise<string> {
    return this.#device.read("users.hash", session, (snapshot) => userHash(snapshot, this.#maskingKey, name));
  }

  async create(session: SessionHandle, credentials: Credentials, factor?: SecondFactor): Promise<UserSummary> {
    const { limits } = this.#device.model;
    const hash = await hashOf(credentials.password, this.#device.identity.passwordCost);
    const { name } = credentials;
    const type = parseUserType(credentials.type);
    const summary = await this.#device.perform(
      "users.create",
      { session, user: { name, type } },
      async (transaction) => {
        if (type === undefined || type === "AU") throw new HsmError("UNKNOWN_USER_TYPE");
        if (!isUserName(name, limits)) throw new HsmError("INVALID_INPUT");
        requireLength(credentials, limits);
        if ((await findUser(transaction, name)) !== undefined) throw new HsmError("USER_EXISTS");
        await requireRoom(transaction, limits);
        const enrolment = await enrol(transaction, { id: undefined, type }, this.#device.connection, factor);
        await spendApproval(transaction, session, "USER_MGMT");
        const created = {
          id: await nextUserId(transaction, limits),
          record: { type, name, loginFailures: 0, ...enrolment },
        };
        await putUser(transaction, created, hash);
        return summarise(created);
      },
    );
    if (factor !== undefined) spendChallenge(this.#device.connection);
    return summary;
  }

  async changePassword(session: SessionHandle, credentials: Credentials, factor?: SecondFactor): Promise<UserSummary> {
    const { limits, userRights } = this.#device.model;
    const hash = await hashOf(credentials.password, this.#device.identity.passwordCost);
    const { name } = credentials;
    const asked = parseUserType(credentials.type);
    const asking = { session, user: { name, type: asked } };
    const summary = await this.#device.perform("users.changePassword", asking, async (transaction, caller) => {
      const target = await findUser(transaction, name);
      const own = target?.id === caller.id;
      const { ofOneself, ofAnother } = requests["users.changePassword"];
      requireRight(own ? ofOneself : ofAnother, caller.user.type, userRights);
      const { id, record } = requireAnswer(target, asked);
      if (record.type === "AU" && !own) throw new HsmError("INVALID_USER_TYPE");
      if (!own) requireManaged(record);
      requireLength(credentials, limits);
      await this.#requireLoggedOut(transaction, id);
      const type: UserType = record.type === "PRECO" ? "CO" : record.type;
      const enrolment = await enrol(transaction, { id, type }, this.#device.connection, factor);
      if (!own) await spendApproval(transaction, session, "USER_MGMT");
      // A user that was locked meanwhile must not unlock itself: that is for officers.
      const stays = isLocked(record, limits) && !hasRight("manageUsers", caller.user.type);
      const loginFailures = stays ? record.loginFailures : 0;
      const { keptFrom } = record;
      const kept = keptFrom === undefined ? {} : { keptFrom };
      const changed = { id, record: { type, name: record.name, loginFailures, ...kept, ...enrolment } };
      await putUser(transaction, changed, hash);
      return summarise(changed);
    });
    if (factor !== undefined) spendChallenge(this.#device.connection);
    return summary;
  }

  async delete(session: SessionHandle, user: UserReference): Promise<MaskedObject> {
    const asked = parseUserType(user.type);
    const asking = { session, user: { name: user.name, type: asked } };
    const deleted = await this.#device.perform("users.delete", asking, async (transaction, caller) => {
      const target = requireAnswer(await findUser(transaction, user.name), asked);
      const { applianceUser } = this.#device.model;
      if (target.record.type === "AU" && applianceUser === "stays") throw new HsmError("INVALID_USER_TYPE");
      requireManaged(target.record);
      await this.#requireDeletable(transaction, caller, target);
      const masked = await this.#seal(transaction, target, await sharedKeysOf(transaction, target.id));
      await spendApproval(transaction, session, "USER_MGMT");
      await removeFromShares(transaction, target.id);
      await removeKeysOf(transaction, target.id);
      await removeUser(transaction, target);
      return masked;
    });
    this.#device.connection.lastDeleted = { session, masked: deleted };
    return deleted;
  }

  setSwitches(session: SessionHandle, name: string, changes: SwitchChanges): Promise<void> {
    return this.#device.perform("users.setSwitches", { session, user: { name, type: "CU" } }, async (transaction) => {
      const { id, record } = await requireCryptoUser(transaction, name);
      await users.put(transaction, id, changedSwitches(record, changes));
    });
  }

  unlock(session: SessionHandle, name: string): Promise<void> {
    return this.#device.perform("users.unlock", { session, user: { name, type: "CU" } }, async (transaction) => {
      const { id, record } = await requireCryptoUser(transaction, name);
      if (!isLocked(record, this.#device.model.limits)) throw new HsmError("USER_NOT_LOCKED");
      await users.put(transaction, id, { ...record, loginFailures: 0 });
    });
  }

  async extract(session: SessionHandle, userId: number): Promise<MaskedObject> {
    return this.#device.perform("users.extract", { session }, async (transaction, _caller, about) => {
      const record = await users.get(transaction, userId);
      if (record === undefined) throw new HsmError("USER_NOT_FOUND");
      about({ user: record });
      return this.#seal(transaction, { id: userId, record }, []);
    });
  }

  async insert(session: SessionHandle, masked: MaskedObject): Promise<UserSummary> {
    const { limits, sameUser } = this.#device.model;
    const { connection } = this.#device;
    const last = connection.lastDeleted;
    const undoes = last?.session === session && Buffer.compare(last.masked, masked) === 0;
    const summary = await this.#device.perform("users.insert", { session }, async (transaction, _caller, about) => {
      const { header, content } = this.#maskingKey.open("user", masked);
      const { record, password, sharedKeys } = readMaskedUser(content, limits);
      about({ user: record });
      // Its password is not an officer's to set, nor to bring from another HSM; where it was deleted, it can come back.
      if (record.type === "AU" && !undoes) throw new HsmError("INVALID_USER_TYPE");
      const arriving = { id: header.objectId, record };
      const present = await requireNoConflict(transaction, arriving);
      if (present === undefined) await requireRoom(transaction, limits);
      else if (sameUser === "refused") throw new HsmError("OBJECT_CONFLICT");
      else await this.#requireLoggedOut(transaction, present.id);
      // Undoing one's own deletion leaves what was there before officers approved of it.
      if (!undoes) await spendApproval(transaction, session, "USER_MGMT");
      await putUser(transaction, arriving, password);
      await restoreShares(transaction, arriving.id, sharedKeys);
      return summarise(arriving);
    });
    if (undoes) connection.lastDeleted = undefined;
    return summary;
  }

  async #seal(
    transaction: Transaction,
    { id, record }: FoundUser,
    sharedKeys: readonly number[],
  ): Promise<MaskedObject> {
    const password = await passwordOf(transaction, id);
    const content: MaskedUser = { record, password, sharedKeys };
    const header = { kind: "user", source: this.#device.identity.hsmId, objectId: id } as const;
    return this.#maskingKey.seal(header, JSON.stringify(content));
  }

  /** Throws {@link HsmError} USER_LOGGED_IN when another shell has the user logged in. */
  async #requireLoggedOut(transaction: Transaction, userId: number): Promise<void> {
    if (await isLoggedInElsewhere(transaction, this.#device.surroundings.presence, userId)) {
      throw new HsmError("USER_LOGGED_IN");
    }
  }

  /** A user that is logged in, here or elsewhere, or that owns keys, stays. */
  async #requireDeletable(transaction: Transaction, caller: Caller, target: FoundUser): Promise<void> {
    if (caller.id === target.id) throw new HsmError("USER_LOGGED_IN");
    await this.#requireLoggedOut(transaction, target.id);
    const { keyOwner } = this.#device.model;
    if (keyOwner === "stays" && (await ownsKeys(transaction, target.id))) throw new HsmError("USER_OWNS_KEYS");
  }
}

/** The crypto user with a name. Throws {@link HsmError} USER_NOT_FOUND or INVALID_USER_TYPE. */
async function requireCryptoUser(transaction: Transaction, name: string): Promise<FoundUser> {
  const found = await findUser(transaction, name);
  if (found === undefined) throw new HsmError("USER_NOT_FOUND");
  if (found.record.type !== "CU") throw new HsmError("INVALID_USER_TYPE");
  return found;
}

/** The user that the arriving one replaces. Throws {@link HsmError} OBJECT_CONFLICT when it is not the same user. */
async function requireNoConflict(transaction: Transaction, arriving: FoundUser): Promise<FoundUser | undefined> {
  const sameId = await users.get(transaction, arriving.id);
  const sameName = await findUser(transaction, arriving.record.name);
  if (sameId === undefined && sameName === undefined) return undefined;
  if (sameId === undefined || sameName?.id !== arriving.id || sameId.type !== arriving.record.type) {
    throw new HsmError("OBJECT_CONFLICT");
  }
  return sameName;
}
