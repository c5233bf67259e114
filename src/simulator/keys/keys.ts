import type { Snapshot, Transaction } from "../../store/store.ts";
import type { Caller } from "../request/asking.ts";
import type { Device } from "../request/device.ts";
import type { HeldKeys } from "./held-keys.ts";
import type { Keys, KeyInformation, KeyListing, KeyState, WantedOfKeys } from "../../hsm/key-requests.ts";
import type { SessionHandle } from "../../hsm/hsm.ts";
import { type KeyAttribute, trustedAttribute } from "../../hsm/key-attribute.ts";
import { readAttributes, withAttribute } from "./key-attributes.ts";
import { hasHash, keyHash, keysOf } from "./key-listing.ts";
import { type FoundKey, findKey, putKey, readMaterial } from "../records/key-records.ts";
import { givenTo } from "./key-gift.ts";
import { isSameKey, replaced } from "./key-replacement.ts";
import { requireNotKept } from "./kept-users.ts";
import { openKey, requireHolders, sealKey } from "./masked-key.ts";
import { MaskingKey } from "../sealing/masking-key.ts";
import type { MaskedObject } from "../../hsm/masked-object.ts";
import { keyAccess, keys, users } from "../records/records.ts";
import { requests } from "../../hsm/requests.ts";
import { HsmError, type ReturnCodeName } from "../../hsm/return-code.ts";

/** The keys of one HSM. */
export class HsmKeys implements Keys {
  readonly #device: Device;
  readonly #held: HeldKeys;
  readonly #maskingKey: MaskingKey;

  constructor(held: HeldKeys) {
    this.#device = held.device;
    this.#held = held;
    this.#maskingKey = MaskingKey.decode(held.device.identity.maskingKey);
  }

  find(session: SessionHandle, userId: number, { hash = false }: WantedOfKeys = {}): Promise<KeyListing> {
    return this.#device.read("keys.find", session, async (snapshot) => {
      const all = await keyAccess.list(snapshot);
      const found = (await canHoldKeys(snapshot, userId)) ? keysOf(all, userId) : [];
      return { keys: found, ...(hash && hasHash(found, userId) ? { hash: keyHash(all) } : {}) };
    });
  }

  states(session: SessionHandle): Promise<readonly KeyState[]> {
    return this.#device.read("keys.states", session, async (snapshot) => {
      const all = await keyAccess.list(snapshot);
      return all.map(([handle, { owner, sharedWith, mValue, kcv }]) => ({ handle, owner, sharedWith, mValue, kcv }));
    });
  }

  async information(session: SessionHandle, handle: number): Promise<KeyInformation> {
    await this.#held.sessionKeys.prepare(session);
    return this.#device.read("keys.information", session, async (snapshot, caller) => {
      const right = requests["keys.information"].ofKey;
      const { access, record } = await this.#held.require(snapshot, caller, handle, right);
      const { owner, sharedWith, mValue } = access;
      return { token: record.token, owner, sharedWith, mValue };
    });
  }

  async attributes(session: SessionHandle, handle: number, attributeId: number): Promise<readonly KeyAttribute[]> {
    await this.#held.sessionKeys.prepare(session);
    const { ofKey, ofTrusted } = requests["keys.attributes"];
    const right = attributeId === trustedAttribute ? ofTrusted : ofKey;
    return this.#device.read("keys.attributes", session, async (snapshot, caller) => {
      const { record } = await this.#held.require(snapshot, caller, handle, right);
      return readAttributes(record, attributeId);
    });
  }

  async setAttribute(session: SessionHandle, handle: number, attributeId: number, word: string): Promise<void> {
    await this.#held.sessionKeys.prepare(session);
    const { ofKey, ofTrusted } = requests["keys.setAttribute"];
    const right = attributeId === trustedAttribute ? ofTrusted : ofKey;
    const asking = { session, key: handle };
    const changed = await this.#device.perform("keys.setAttribute", asking, async (transaction, caller) => {
      const key = await this.#held.require(transaction, caller, handle, right);
      requireNotKept(caller, "modify");
      const record = withAttribute(key.record, attributeId, word);
      const isGivenOnly = attributeId === trustedAttribute && this.#device.model.trust === "given";
      if (isGivenOnly && !record.flags.trusted) throw new HsmError("INVALID_INPUT");
      if (record.token) await keys.put(transaction, handle, record);
      return { ...key, record };
    });
    // A session key is in no transaction: it changes when nothing can fail any more.
    if (!changed.record.token) this.#held.sessionKeys.replace(changed);
  }

  async share(session: SessionHandle, handle: number, userIds: readonly number[], share: boolean): Promise<void> {
    await this.#held.sessionKeys.prepare(session);
    return this.#device.perform("keys.share", { session }, async (transaction, caller) => {
      const { access, record } = await this.#requireShareable(transaction, caller, handle);
      requireNotKept(caller, "modify");
      if (access.public || !record.token) throw new HsmError("INVALID_INPUT");
      if (access.mValue > 1) throw new HsmError("MXN_AUTH_FAILED");
      const sharedWith = new Set(access.sharedWith);
      for (const userId of userIds) {
        if (share) {
          await requireSharee(transaction, userId, access.owner);
          sharedWith.add(userId);
        } else if (!sharedWith.delete(userId)) {
          throw new HsmError("INVALID_INPUT");
        }
      }
      const sorted = [...sharedWith].sort((one, other) => one - other);
      await keyAccess.put(transaction, handle, { ...access, sharedWith: sorted });
    });
  }

  give(session: SessionHandle, handle: number, userId: number, kcv?: string): Promise<void> {
    return this.#device.perform("keys.give", { session, key: handle }, async (transaction, caller) => {
      const key = await this.#held.require(transaction, caller, handle, requests["keys.give"].ofKey);
      if (!key.record.token) throw new HsmError("INVALID_OBJECT_HANDLE");
      await keyAccess.put(transaction, handle, await givenTo(transaction, key, userId, kcv));
    });
  }

  async extract(session: SessionHandle, handle: number): Promise<MaskedObject> {
    await this.#held.sessionKeys.prepare(session);
    return this.#device.perform("keys.extract", { session, key: handle }, async (transaction, caller) => {
      const key = await this.#held.require(transaction, caller, handle, requests["keys.extract"].ofKey);
      if (!key.record.token) throw new HsmError("INVALID_OBJECT_HANDLE");
      const bytes = await readMaterial(transaction, handle, this.#held.storageKey);
      return sealKey(transaction, { key, bytes }, this.#maskingKey, this.#device.identity.hsmId);
    });
  }

  insert(session: SessionHandle, masked: MaskedObject): Promise<void> {
    return this.#device.perform("keys.insert", { session }, async (transaction, caller, about) => {
      const { key: arriving, bytes, holders } = openKey(masked, this.#maskingKey);
      about({ key: arriving.handle });
      this.#held.requireAllowed(requests["keys.insert"].ofKey, caller, arriving);
      await requireHolders(transaction, holders);
      const present = await findKey(transaction, arriving.handle);
      if (present === undefined) await this.#held.requireRoom(transaction);
      else this.#requireReplaceable(present, arriving, caller);
      const key = present === undefined ? arriving : replaced(present, arriving, caller.user.type);
      await putKey(transaction, key, bytes, this.#held.storageKey);
    });
  }

  /** How many session keys this shell's login has. */
  countSessionKeys(snapshot: Snapshot): Promise<number> {
    return this.#held.sessionKeys.count(snapshot);
  }

  /**
   * The key with that handle, if the caller may share it. Its only published failure stands for every refusal
   * that is about the key: throws {@link HsmError} INVALID_INPUT, or as {@link HeldKeys.require} does about the user.
   */
  async #requireShareable(snapshot: Snapshot, caller: Caller, handle: number): Promise<FoundKey> {
    try {
      return await this.#held.require(snapshot, caller, handle, requests["keys.share"].ofKey);
    } catch (error) {
      const isAboutKey = error instanceof HsmError && refusalsOfSharing.has(error.returnCode);
      throw isAboutKey ? new HsmError("INVALID_INPUT", { cause: error }) : error;
    }
  }

  /** Throws {@link HsmError} unless it is the same key, which the caller may copy here too, whoever owns it here. */
  #requireReplaceable(present: FoundKey, arriving: FoundKey, caller: Caller): void {
    if (!isSameKey(present, arriving)) throw new HsmError("KEY_CONFLICT");
    this.#held.requireAllowed(requests["keys.insert"].ofKey, caller, present);
  }
}

const refusalsOfSharing: ReadonlySet<ReturnCodeName> = new Set(["INVALID_OBJECT_HANDLE", "KEY_ACCESS_DENIED"]);

/**
 * Whether the user is a crypto user; user 0 stands for all of them. Officers are found no key, not even a public one
 * (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-findAllKeys"). Throws {@link HsmError} USER_NOT_FOUND.
 */
async function canHoldKeys(snapshot: Snapshot, userId: number): Promise<boolean> {
  if (userId === 0) return true;
  const user = await users.get(snapshot, userId);
  if (user === undefined) throw new HsmError("USER_NOT_FOUND");
  return user.type === "CU";
}

/** Keys are shared with other crypto users. */
async function requireSharee(transaction: Transaction, userId: number, owner: number): Promise<void> {
  const user = await users.get(transaction, userId);
  if (user?.type !== "CU" || userId === owner) throw new HsmError("INVALID_INPUT");
}
