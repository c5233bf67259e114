import type { Snapshot, Transaction } from "../../store/store.ts";
import { type KeyAccessRecord, type KeyRecord, keyAccess, keyMaterial, keys } from "./records.ts";
import { HsmError } from "../../hsm/return-code.ts";
import type { StorageKey } from "../sealing/storage-key.ts";

/** A key with its handle, without its material. */
export interface FoundKey {
  readonly handle: number;
  readonly record: KeyRecord;
  readonly access: KeyAccessRecord;
}

/** The material of one key: a secret, a private key in PKCS#8 or a public key in SubjectPublicKeyInfo. */
export type KeyBytes = Buffer;

/** Finds a token key. */
export async function findKey(snapshot: Snapshot, handle: number): Promise<FoundKey | undefined> {
  const record = await keys.get(snapshot, handle);
  const access = await keyAccess.get(snapshot, handle);
  return record === undefined || access === undefined ? undefined : { handle, record, access };
}

/** Writes a token key, new or replaced; its material is sealed. */
export async function putKey(
  transaction: Transaction,
  { handle, record, access }: FoundKey,
  bytes: KeyBytes,
  storageKey: StorageKey,
): Promise<void> {
  await keys.put(transaction, handle, record);
  await keyAccess.put(transaction, handle, access);
  await keyMaterial.put(transaction, handle, storageKey.seal(place(handle), bytes));
}

/** The material of a token key. Throws {@link HsmError} STORAGE_FAILURE where it is missing or does not open. */
export async function readMaterial(snapshot: Snapshot, handle: number, storageKey: StorageKey): Promise<KeyBytes> {
  const sealed = await keyMaterial.get(snapshot, handle);
  if (sealed === undefined) throw new HsmError("STORAGE_FAILURE");
  return openMaterial(handle, sealed, storageKey);
}

/** The material of a token key, of what is kept of it. Throws {@link HsmError} STORAGE_FAILURE where it does not open. */
export function openMaterial(handle: number, sealed: string, storageKey: StorageKey): KeyBytes {
  return storageKey.open(place(handle), sealed);
}

/** Whether the user owns a key. */
export async function ownsKeys(snapshot: Snapshot, userId: number): Promise<boolean> {
  return (await keyAccess.list(snapshot)).some(([, { owner }]) => owner === userId);
}

/** Removes the keys that a user owns. */
export async function removeKeysOf(transaction: Transaction, userId: number): Promise<void> {
  for (const [handle, { owner }] of await keyAccess.list(transaction)) {
    if (owner === userId) await removeKey(transaction, handle);
  }
}

/** Removes a token key, with its material and who may use it. */
export async function removeKey(transaction: Transaction, handle: number): Promise<void> {
  for (const collection of [keys, keyAccess, keyMaterial]) await collection.remove(transaction, handle);
}

/** The handles of the keys that are shared with a user. */
export async function sharedKeysOf(snapshot: Snapshot, userId: number): Promise<readonly number[]> {
  const all = await keyAccess.list(snapshot);
  return all.flatMap(([handle, { sharedWith }]) => (sharedWith.includes(userId) ? [handle] : []));
}

/** Takes a user that is deleted out of all shares. */
export async function removeFromShares(transaction: Transaction, userId: number): Promise<void> {
  for (const [handle, access] of await keyAccess.list(transaction)) {
    if (!access.sharedWith.includes(userId)) continue;
    const sharedWith = access.sharedWith.filter((id) => id !== userId);
    await keyAccess.put(transaction, handle, { ...access, sharedWith });
  }
}

/** Shares keys with a user again whose deletion is undone; keys that are gone meanwhile are left out. */
export async function restoreShares(
  transaction: Transaction,
  userId: number,
  handles: readonly number[],
): Promise<void> {
  for (const handle of handles) {
    const access = await keyAccess.get(transaction, handle);
    if (access === undefined || access.sharedWith.includes(userId)) continue;
    const sharedWith = [...access.sharedWith, userId].sort((one, other) => one - other);
    await keyAccess.put(transaction, handle, { ...access, sharedWith });
  }
}

function place(handle: number): string {
  return `key/${String(handle)}`;
}
