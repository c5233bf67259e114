import { createHash } from "node:crypto";
import type { Address } from "../store/address.ts";
import type { Store, Transaction } from "../store/store.ts";
import { type BackupContent, contentOf } from "./image-content.ts";
import { type Difference, differenceOf } from "./image-difference.ts";
import {
  type ServiceRoots,
  makeClusterCertificates,
  makeManufacturerRoot,
  requestClusterCertificate,
  writeCertificates,
} from "./certificates/cluster-certificates.ts";
import type { ClusterCertificates } from "./certificates/kept-certificates.ts";
import { type Course, unwatched } from "./course.ts";
import { fewAtOnce } from "./few-at-once.ts";
import { auditInitialisation } from "./initialisation-log.ts";
import { generateMaterial } from "./keys/key-material.ts";
import { putKey } from "./records/key-records.ts";
import { MaskingKey } from "./sealing/masking-key.ts";
import { knownMaterial } from "./keys/known-material.ts";
import type { InitialKey } from "../hsm/initial-key.ts";
import { makeKeys } from "./keys/new-key.ts";
import { aws } from "./models/aws.ts";
import type { RequestedName } from "./models/model.ts";
import { type InitialUser, isSameName, usersWith } from "./image-users.ts";
import { type IdentityRecord, identities, minimums } from "./records/records.ts";
import { planOf, sessionKeyPlans } from "./records/session-key-plan.ts";
import { requestedSubject } from "./requested-subject.ts";
import { type QuorumService, serviceNames } from "../hsm/quorum-service.ts";
import { hasRight } from "./request/access.ts";
import { HsmError } from "../hsm/return-code.ts";
import { StorageKey } from "./sealing/storage-key.ts";
import { putUser } from "./records/user-records.ts";

/** How many officers services take. */
type Minimums = Readonly<Partial<Record<QuorumService, number | undefined>>>;

/** Who a new HSM is, without the keys that its backup or the HSM itself brings. */
export type NewIdentity = Omit<IdentityRecord, "maskingKey" | "storageKey">;

/** What the HSMs of a cluster have in common, beside what is in their backups. */
export type ClusterTraits = Omit<NewIdentity, "hsmId" | "hostname" | "port" | "address">;

/** What the HSMs of a cluster have in common, as it goes from one to another. Nothing of it can be read outside. */
export class Backup {
  readonly #content: BackupContent;

  private constructor(content: BackupContent) {
    this.#content = content;
  }

  /**
   * A new cluster: a masking key and roots of its own, nobody and nothing on it.
   *
   * @param time microseconds since 1970
   */
  static async blank(clusterId: string, time: number): Promise<Backup> {
    return Backup.#empty(await makeClusterCertificates(clusterId, dateOf(time)));
  }

  /** A new cluster of a service that its customer is to initialise, with this HSM as its first. */
  static async uninitialised(hsmId: string, roots: ServiceRoots): Promise<Backup> {
    return Backup.#empty(await requestClusterCertificate(requestedSubject(hsmId, aws.requestedName), roots));
  }

  /**
   * The same of a cluster that no service runs: its customer certifies it from the shell.
   *
   * @param time microseconds since 1970
   */
  static async uncertified(hsmId: string, requested: RequestedName, time: number): Promise<Backup> {
    const card = createHash("sha256").update(hsmId).digest("hex").slice(0, 32).toUpperCase();
    const roots = await makeManufacturerRoot(dateOf(time));
    return Backup.#empty(await requestClusterCertificate(requestedSubject(card, requested), roots));
  }

  static #empty(certificates: ClusterCertificates): Backup {
    const maskingKey = MaskingKey.generate();
    return new Backup({
      isNew: true,
      wasUsed: false,
      maskingKey,
      certificates,
      users: [],
      minimums: [],
      keys: [],
      sessionKeys: [],
      known: new Map(),
      knownPasswords: new Map(),
    });
  }

  /** Everything of the HSM that `store` keeps, and that is at `address`. Throws StoreError, {@link HsmError}. */
  static async take(store: Pick<Store, "read">, address?: Address): Promise<Backup> {
    return store.read(async (snapshot) => new Backup(await contentOf(snapshot, address)));
  }

  /**
   * The same cluster with nobody and nothing on it, but its quorum minimums. A key that is added has the material of
   * its handle here, and a user with the same password the same hash.
   */
  emptied(): Backup {
    const known = new Map(this.#content.keys.map((made) => [made.key.handle, made]));
    const { users: gone } = this.#content;
    const knownPasswords = new Map(gone.map(({ record, password }) => [record.name.toLowerCase(), password]));
    return new Backup({ ...this.#content, users: [], keys: [], sessionKeys: [], known, knownPasswords });
  }

  /** This backup with the higher of its quorum minimums and those of `other`. */
  withMinimumsOf(other: Backup): Backup {
    const highest = new Map(this.#content.minimums);
    for (const [service, minimum] of other.#content.minimums) {
      highest.set(service, Math.max(minimum, highest.get(service) ?? minimum));
    }
    return new Backup({ ...this.#content, minimums: [...highest] });
  }

  /** This backup without quorum minimums. */
  withoutMinimums(): Backup {
    return new Backup({ ...this.#content, minimums: [] });
  }

  /**
   * This backup with these quorum minimums in place of its own. Throws {@link HsmError} M_VALUE_OFFICERS for one that its
   * officers cannot reach.
   */
  withMinimums(more: Minimums): Backup {
    const officers = this.#content.users.filter(({ record }) => hasRight("useQuorum", record.type));
    const all = new Map(this.#content.minimums);
    for (const service of serviceNames) {
      const minimum = more[service];
      if (minimum === undefined) continue;
      if (minimum > officers.length) throw new HsmError("M_VALUE_OFFICERS");
      all.set(service, minimum);
    }
    return new Backup({ ...this.#content, minimums: [...all] });
  }

  /** How much it holds. */
  get size(): { readonly users: number; readonly keys: number } {
    return { users: this.#content.users.length, keys: this.#content.keys.length };
  }

  /** The cluster's certificate by its customer, in PEM; undefined until it is initialised. */
  get certificate(): string | undefined {
    const { cluster } = this.#content.certificates;
    return "certificate" in cluster ? cluster.certificate : undefined;
  }

  /** Whether this is a new cluster, whose first HSM is initialised and not restored. */
  get isNew(): boolean {
    return this.#content.isNew;
  }

  /** Whether the HSM may be other than it was created, since somebody logged in there. */
  get wasUsed(): boolean {
    return this.#content.wasUsed;
  }

  /** What this backup lacks of another one of the cluster. */
  lacking(living: Backup): Difference {
    return differenceOf(this.#content, living.#content);
  }

  /**
   * This backup with more users, whose passwords are hashed at N = 2^`cost`; one who is there, the same by id, type and
   * name, is replaced. Throws {@link HsmError} OBJECT_CONFLICT for any other whose id or name is taken,
   * PUBLIC_KEY_TAKEN for one with the key of another.
   */
  async withUsers(more: readonly InitialUser[], cost: number, course: Course = unwatched): Promise<Backup> {
    const { users: present, knownPasswords } = this.#content;
    const users = await usersWith(present, more, { knownPasswords, cost, course });
    return new Backup({ ...this.#content, users });
  }

  /**
   * This backup with more keys, with new material where the cluster does not have them yet. Throws {@link HsmError}
   * KEY_OWNER_MISSING for one whose owner or sharee is no crypto user of it, KEY_CONFLICT for a handle that is taken.
   */
  async withKeys(more: readonly InitialKey[], course: Course = unwatched): Promise<Backup> {
    const { keys: present, sessionKeys, known } = this.#content;
    const planned = more.map((key) => ({ key, owner: this.#userId(key.owner) }));
    const kept = planned.filter(({ key }) => key.token);
    const made = await fewAtOnce(kept, async ({ key, owner }) => {
      const material = knownMaterial(key, known) ?? (await generateMaterial(key.shape));
      await course.did("key");
      return makeKeys(key, material, { owner, sharedWith: key.sharedWith.map((name) => this.#userId(name)) });
    });
    const all = [...present, ...made.flat()];
    if (new Set(all.map(({ key }) => key.handle)).size < all.length) throw new HsmError("KEY_CONFLICT");
    const temporary = more.filter(({ token }) => !token).map(planOf);
    return new Backup({ ...this.#content, keys: all, sessionKeys: [...sessionKeys, ...temporary] });
  }

  /**
   * Writes a new HSM with this content. The log of a cluster's first HSM begins with its initialisation; that of
   * one restored from a backup is empty (AWS CloudHSM User Guide, "interpreting-audit-logs").
   *
   * @param time microseconds since 1970
   */
  async restore(
    transaction: Transaction,
    newIdentity: NewIdentity,
    time: number,
    origin: "initialised" | "restored",
    course: Course = unwatched,
  ): Promise<void> {
    const { maskingKey, certificates } = this.#content;
    const storageKey = StorageKey.generate();
    const identity: IdentityRecord = { ...newIdentity, maskingKey: maskingKey.encode(), storageKey };
    await identities.put(transaction, "hsm", identity);
    await writeCertificates(transaction, identity, certificates, dateOf(time));
    for (const user of this.#content.users) {
      await putUser(transaction, user, user.password);
      await course.did("record");
    }
    for (const [service, minimum] of this.#content.minimums) await minimums.put(transaction, service, minimum);
    for (const { key, bytes } of this.#content.keys) {
      await putKey(transaction, key, bytes, new StorageKey(storageKey, identity.hsmId));
      await course.did("record");
    }
    for (const plan of this.#content.sessionKeys) await sessionKeyPlans.put(transaction, plan.handle, plan);
    if (origin === "initialised") {
      const { users: initial, keys: made } = this.#content;
      await auditInitialisation(transaction, time, {
        users: initial,
        quorums: this.#content.minimums.length,
        keys: made.map(({ key }) => key),
      });
    }
  }

  #userId(name: string): number {
    const user = this.#content.users.find(({ record }) => isSameName(record.name, name));
    if (user?.record.type !== "CU") throw new HsmError("KEY_OWNER_MISSING");
    return user.id;
  }
}

/** @param time microseconds since 1970 */
function dateOf(time: number): Date {
  return new Date(Math.floor(time / 1000));
}
