import type { Snapshot } from "../../store/store.ts";
import type { KeyRight } from "../../hsm/requests.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { type FoundKey, type KeyBytes, findKey, readMaterial } from "../records/key-records.ts";
import { keys, users } from "../records/records.ts";
import { requireManaged } from "../records/user-records.ts";
import type { Caller } from "../request/asking.ts";
import type { Device } from "../request/device.ts";
import { StorageKey } from "../sealing/storage-key.ts";
import { refusal, relationTo } from "./key-access.ts";
import { SessionKeys } from "./session-keys.ts";

/** The keys that one HSM holds, token keys and those of this shell's session, and who may do what with them. */
export class HeldKeys {
  readonly device: Device;
  readonly storageKey: StorageKey;
  readonly sessionKeys: SessionKeys;

  constructor(device: Device) {
    const { storageKey, hsmId } = device.identity;
    this.device = device;
    this.storageKey = new StorageKey(storageKey, hsmId);
    this.sessionKeys = new SessionKeys(device);
  }

  /**
   * The key with that handle, if the caller may do this with it. Throws {@link HsmError} INVALID_OBJECT_HANDLE,
   * NOT_AUTHORISED or KEY_ACCESS_DENIED.
   */
  async require(snapshot: Snapshot, caller: Caller, handle: number, right: KeyRight): Promise<FoundKey> {
    const key = (await findKey(snapshot, handle)) ?? this.sessionKeys.find(caller.session, handle);
    if (key === undefined) throw new HsmError("INVALID_OBJECT_HANDLE");
    this.requireAllowed(right, caller, key);
    if (ofOfficers.has(right) && caller.user.type !== "CU") await requireManagedOwner(snapshot, key);
    return key;
  }

  /** The material of a key that was found. Throws {@link HsmError} STORAGE_FAILURE where it is missing or does not open. */
  async material(snapshot: Snapshot, { session }: Caller, { handle, record }: FoundKey): Promise<KeyBytes> {
    if (record.token) return readMaterial(snapshot, handle, this.storageKey);
    const bytes = this.sessionKeys.material(session, handle);
    if (bytes === undefined) throw new HsmError("STORAGE_FAILURE");
    return bytes;
  }

  /** Throws {@link HsmError} NOT_AUTHORISED or KEY_ACCESS_DENIED unless the caller may do this with a key. */
  requireAllowed(right: KeyRight, caller: Caller, { access }: FoundKey): void {
    const refused = refusal(right, caller.user.type, relationTo(access, caller.id), this.device.model.keyRights);
    if (refused !== undefined) throw new HsmError(refused);
  }

  /** Throws {@link HsmError} KEY_LIMIT unless there is room for so many token keys. */
  async requireRoom(snapshot: Snapshot, count = 1): Promise<void> {
    if ((await keys.count(snapshot)) + count > this.device.identity.maxKeys) throw new HsmError("KEY_LIMIT");
  }
}

/** What officers do with keys of others. A copy of a key stays its owner's: it is none of that. */
const ofOfficers: ReadonlySet<KeyRight> = new Set(["setTrusted", "give"]);

/** Throws {@link HsmError} NOT_AUTHORISED where the key is of a user whom officers do not manage. */
async function requireManagedOwner(snapshot: Snapshot, { access }: FoundKey): Promise<void> {
  const owner = await users.get(snapshot, access.owner);
  if (owner !== undefined) requireManaged(owner);
}
