import { createHmac } from "node:crypto";
import type { QuorumService } from "../hsm/quorum-service.ts";
import { HsmError } from "../hsm/return-code.ts";
import type { UserType } from "../hsm/user.ts";
import type { Address } from "../store/address.ts";
import type { Presence } from "../store/presence.ts";
import type { Snapshot, Store } from "../store/store.ts";
import type { Model } from "./models/model.ts";
import { modelOf } from "./models/models.ts";
import { identityIn } from "./own-identity.ts";
import { type FoundKey, openMaterial } from "./records/key-records.ts";
import { KnownRecords } from "./records/known-records.ts";
import { keyAccess, keyMaterial, keys, minimums, passwords, users } from "./records/records.ts";
import { translated } from "./request/storage-failure.ts";
import { saltOf } from "./sealing/password-hash.ts";
import { StorageKey } from "./sealing/storage-key.ts";
import { type PresentLogin, loginsOf } from "./present-logins.ts";

/**
 * Stands for something that stays inside: equal marks are equal secrets, and a mark says nothing else. Only marks that were
 * made under the same key can be compared.
 */
type Mark = string;

/** A user as it is compared. */
export interface ComparableUser {
  readonly id: number;
  readonly type: UserType;
  readonly name: string;
  readonly loginFailures: number;
  readonly password: Mark;
  /** Undefined where no public key is registered. */
  readonly quorumKey: Mark | undefined;
  readonly twoFactor: boolean;
  /** What a crypto user is kept from, in the order of the names; empty for most. */
  readonly keptFrom: string;
}

/** A token key as it is compared. */
export interface ComparableKey extends FoundKey {
  readonly material: Mark;
}

/** All of an HSM that the HSMs of a cluster and its clones have in common, without a secret. */
export interface ComparableHsm {
  readonly hsmId: string;
  readonly clusterId: string;
  /** The same for HSMs that share a masking key: those of a cluster and its clones. */
  readonly family: Mark;
  readonly users: readonly ComparableUser[];
  readonly keys: readonly ComparableKey[];
  /** How many officers a service takes, where it takes more than one. */
  readonly minimums: ReadonlyMap<QuorumService, number>;
  readonly logins: readonly PresentLogin[];
  /** Users and token keys that it has room for. */
  readonly room: { readonly users: number; readonly keys: number };
  /** The name of its model. */
  readonly model: string;
  /** What becomes of a user who is there already and arrives as a copy. */
  readonly sameUser: Model["sameUser"];
  /** Wrong passwords after which a user is locked. */
  readonly lockedAt: number;
}

/** What an HSM was read as the last time, under one secret. */
export class KnownHsm {
  readonly users = new KnownRecords<ComparableUser>();
  readonly keys = new KnownRecords<ComparableKey>();
}

/**
 * Reads what the HSM at `address` holds to compare it with others, beside the shells that work on it, and changes nothing.
 * Throws {@link HsmError} for a store that cannot be read.
 *
 * A password is marked by its salt: it is drawn for each password that is set, and goes with it to all HSMs of a command and
 * into every copy, also where HSMs derive at different costs. One password that was set twice has two marks.
 *
 * @param opening the store of the HSM, which is being opened
 * @param secret random bytes under which marks are made: the same for all HSMs that are compared
 * @param known of the same HSM: users and keys that did not change are the same objects as the last time
 */
export function readComparable(
  opening: Promise<Store>,
  address: Address,
  presence: Presence,
  secret: Buffer,
  known = new KnownHsm(),
): Promise<ComparableHsm> {
  const mark = (what: string, text: string | Buffer): Mark =>
    createHmac("sha256", secret).update(what).update(text).digest("base64");
  return translated(async () =>
    (await opening).read(async (snapshot) => {
      const identity = await identityIn(snapshot, address);
      const { hsmId, clusterId, maskingKey, maxKeys } = identity;
      const { limits, name, sameUser } = modelOf(identity);
      return {
        hsmId,
        clusterId,
        family: mark("family", maskingKey),
        users: await readUsers(snapshot, mark, known.users),
        keys: await readKeys(snapshot, new StorageKey(identity.storageKey, hsmId), mark, known.keys),
        minimums: new Map(await minimums.list(snapshot)),
        logins: await loginsOf(snapshot, presence),
        room: { users: limits.users, keys: maxKeys },
        model: name,
        sameUser,
        lockedAt: limits.loginFailures,
      };
    }),
  );
}

type Marking = (what: string, text: string | Buffer) => Mark;

async function readUsers(
  snapshot: Snapshot,
  mark: Marking,
  known: KnownRecords<ComparableUser>,
): Promise<readonly ComparableUser[]> {
  const hashes = await passwords.texts(snapshot);
  const texts = Array.from(await users.texts(snapshot), ([id, text]) => [id, text, found(hashes.get(id))] as const);
  return known.read(texts, (id, text, hash) => {
    const { type, name, loginFailures, publicKey, twoFactor, keptFrom = [] } = users.read(text);
    return {
      id,
      type,
      name,
      loginFailures,
      password: mark("password", saltOf(passwords.read(hash))),
      quorumKey: publicKey === undefined ? undefined : mark("quorumKey", publicKey),
      twoFactor: twoFactor === true,
      keptFrom: [...keptFrom].sort().join(", "),
    };
  });
}

async function readKeys(
  snapshot: Snapshot,
  storageKey: StorageKey,
  mark: Marking,
  known: KnownRecords<ComparableKey>,
): Promise<readonly ComparableKey[]> {
  const [access, materials] = [await keyAccess.texts(snapshot), await keyMaterial.texts(snapshot)];
  const texts = Array.from(
    await keys.texts(snapshot),
    ([handle, text]) => [handle, text, found(access.get(handle)), found(materials.get(handle))] as const,
  );
  return known.read(texts, (handle, text, whose, sealed) => ({
    handle,
    record: keys.read(text),
    access: keyAccess.read(whose),
    material: mark("material", openMaterial(handle, keyMaterial.read(sealed), storageKey)),
  }));
}

/** No user is without a password, and no key without material. */
function found(text: string | undefined): string {
  if (text === undefined) throw new HsmError("STORAGE_FAILURE");
  return text;
}
