import type { Address } from "../store/address.ts";
import type { Snapshot } from "../store/store.ts";
import { hasSeenLogins } from "./records/audit-log.ts";
import { type ClusterCertificates, readClusterCertificates } from "./certificates/kept-certificates.ts";
import { readMaterial } from "./records/key-records.ts";
import type { MadeKey } from "./keys/new-key.ts";
import { StorageKey } from "./sealing/storage-key.ts";
import { MaskingKey } from "./sealing/masking-key.ts";
import { identityIn } from "./own-identity.ts";
import type { QuorumService } from "../hsm/quorum-service.ts";
import { type UserRecord, keyAccess, keys, minimums, passwords, users } from "./records/records.ts";
import { type SessionKeyPlan, sessionKeyPlans } from "./records/session-key-plan.ts";
import { HsmError } from "../hsm/return-code.ts";
import type { PasswordHash } from "./sealing/password-hash.ts";

/** A user as an HSM keeps it. */
export interface SavedUser {
  readonly id: number;
  readonly record: UserRecord;
  readonly password: PasswordHash;
}

/** All that goes with a backup from one HSM to another. */
export interface BackupContent {
  /** Whether no HSM of the cluster was ever there. */
  readonly isNew: boolean;
  /** Whether anybody ever logged in on the HSM. */
  readonly wasUsed: boolean;
  readonly maskingKey: MaskingKey;
  readonly certificates: ClusterCertificates;
  readonly users: readonly SavedUser[];
  readonly minimums: readonly (readonly [QuorumService, number])[];
  readonly keys: readonly MadeKey[];
  readonly sessionKeys: readonly SessionKeyPlan[];
  /** Keys of another HSM of the cluster: the same handle is the same key. */
  readonly known: ReadonlyMap<number, MadeKey>;
  /** Password hashes of users of another HSM of the cluster, by name in lower case. */
  readonly knownPasswords: ReadonlyMap<string, PasswordHash>;
}

/** Reads everything of an HSM that is at `address`. Throws StoreError, {@link HsmError}. */
export async function contentOf(snapshot: Snapshot, address: Address | undefined): Promise<BackupContent> {
  const identity = await identityIn(snapshot, address);
  return {
    isNew: false,
    wasUsed: await hasSeenLogins(snapshot),
    maskingKey: MaskingKey.decode(identity.maskingKey),
    certificates: await readClusterCertificates(snapshot, identity),
    users: await saveUsers(snapshot),
    minimums: await minimums.list(snapshot),
    keys: await saveKeys(snapshot, new StorageKey(identity.storageKey, identity.hsmId)),
    sessionKeys: (await sessionKeyPlans.list(snapshot)).map(([, plan]) => plan),
    known: new Map(),
    knownPasswords: new Map(),
  };
}

async function saveUsers(snapshot: Snapshot): Promise<readonly SavedUser[]> {
  const saved: SavedUser[] = [];
  for (const [id, record] of await users.list(snapshot)) {
    const password = await passwords.get(snapshot, id);
    if (password === undefined) throw new HsmError("STORAGE_FAILURE");
    saved.push({ id, record, password });
  }
  return saved;
}

async function saveKeys(snapshot: Snapshot, storageKey: StorageKey): Promise<readonly MadeKey[]> {
  const saved: MadeKey[] = [];
  for (const [handle, record] of await keys.list(snapshot)) {
    const access = await keyAccess.get(snapshot, handle);
    if (access === undefined) throw new HsmError("STORAGE_FAILURE");
    saved.push({ key: { handle, record, access }, bytes: await readMaterial(snapshot, handle, storageKey) });
  }
  return saved;
}
