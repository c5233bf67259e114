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
import { type FoundKey, readMaterials } from "./records/key-records.ts";
import { keyAccess, keys, minimums, passwords, users } from "./records/records.ts";
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

/**
 * Reads what the HSM at `address` holds to compare it with others, beside the shells that work on it, and changes nothing.
 * Throws {@link HsmError} for a store that cannot be read.
 *
 * A password is marked by its salt: it is drawn for each password that is set, and goes with it to all HSMs of a command and
 * into every copy, also where HSMs derive at different costs. One password that was set twice has two marks.
 *
 * @param opening the store of the HSM, which is being opened
 * @param secret random bytes under which marks are made: the same for all HSMs that are compared
 */
export function readComparable(
  opening: Promise<Store>,
  address: Address,
  presence: Presence,
  secret: Buffer,
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
        users: await readUsers(snapshot, mark),
        keys: await readKeys(snapshot, new StorageKey(identity.storageKey, hsmId), mark),
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

async function readUsers(snapshot: Snapshot, mark: Marking): Promise<readonly ComparableUser[]> {
  const hashes = new Map(await passwords.list(snapshot));
  return (await users.list(snapshot)).map(
    ([id, { type, name, loginFailures, publicKey, twoFactor, keptFrom = [] }]) => {
      const hash = hashes.get(id);
      if (hash === undefined) throw new HsmError("STORAGE_FAILURE");
      return {
        id,
        type,
        name,
        loginFailures,
        password: mark("password", saltOf(hash)),
        quorumKey: publicKey === undefined ? undefined : mark("quorumKey", publicKey),
        twoFactor: twoFactor === true,
        keptFrom: [...keptFrom].sort().join(", "),
      };
    },
  );
}

async function readKeys(snapshot: Snapshot, storageKey: StorageKey, mark: Marking): Promise<readonly ComparableKey[]> {
  const access = new Map(await keyAccess.list(snapshot));
  const materials = await readMaterials(snapshot, storageKey);
  return (await keys.list(snapshot)).map(([handle, record]) => {
    const [whose, material] = [access.get(handle), materials.get(handle)];
    if (whose === undefined || material === undefined) throw new HsmError("STORAGE_FAILURE");
    return { handle, record, access: whose, material: mark("material", material) };
  });
}
