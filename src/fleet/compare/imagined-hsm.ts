import { type QuorumService } from "../../hsm/quorum-service.ts";
import type { ComparableKey, ComparableUser } from "../../simulator/comparable-reader.ts";
import { ImaginedMap, remembered } from "./imagined-map.ts";
import type { Relative } from "./relative.ts";

/** An HSM is imagined again and again, and has many users and keys. */
const usersOf = remembered((users: Relative["users"]) => new Map(users.map((user) => [user.id, user])));
const idsOf = remembered((users: Relative["users"]) => new Map(users.map(({ id, name }) => [name.toLowerCase(), id])));
const keysOf = remembered((keys: Relative["keys"]) => new Map(keys.map((key) => [key.handle, key])));

/** An HSM as it will be when the lines so far were typed. */
export class ImaginedHsm {
  readonly hsm: Relative;
  readonly #users: ImaginedMap<number, ComparableUser>;
  readonly #ids: ImaginedMap<string, number>;
  readonly #keys: ImaginedMap<number, ComparableKey>;
  readonly #minimums: Map<QuorumService, number>;

  /** @param hsm as it is now */
  constructor(hsm: Relative) {
    this.hsm = hsm;
    this.#users = new ImaginedMap(usersOf(hsm.users));
    this.#ids = new ImaginedMap(idsOf(hsm.users));
    this.#keys = new ImaginedMap(keysOf(hsm.keys));
    this.#minimums = new Map(hsm.minimums);
  }

  get id(): string {
    return this.hsm.hsmId;
  }

  /** When a user or a key was set last, as far as the HSM can tell: microseconds since 1970, or 0. */
  lastSet(what: string): number {
    return this.hsm.lastSet.get(what) ?? 0;
  }

  get users(): Iterable<ComparableUser> {
    return this.#users.now.values();
  }

  get userCount(): number {
    return this.#users.now.size;
  }

  get handles(): Iterable<number> {
    return this.#keys.now.keys();
  }

  get keyCount(): number {
    return this.#keys.now.size;
  }

  user(id: number): ComparableUser | undefined {
    return this.#users.now.get(id);
  }

  /** A user by name, without regard to case. */
  named(name: string): ComparableUser | undefined {
    const id = this.#ids.now.get(name.toLowerCase());
    return id === undefined ? undefined : this.#users.now.get(id);
  }

  key(handle: number): ComparableKey | undefined {
    return this.#keys.now.get(handle);
  }

  /** How many officers a service takes; 1 is no quorum. */
  minimum(service: QuorumService): number {
    return this.#minimums.get(service) ?? 1;
  }

  ownsKeys(userId: number): boolean {
    for (const { access } of this.#keys.now.values()) if (access.owner === userId) return true;
    return false;
  }

  isLocked({ loginFailures }: ComparableUser): boolean {
    return loginFailures >= this.hsm.lockedAt;
  }

  /** The id that the HSM gives to the next user; undefined where it has no room. */
  nextUserId(): number | undefined {
    const most = this.hsm.room.users;
    const next = Math.max(0, ...this.#users.now.keys()) + 1;
    if (next <= most) return next;
    for (let id = 1; id <= most; id++) if (!this.#users.now.has(id)) return id;
    return undefined;
  }

  putUser(user: ComparableUser): void {
    this.#users.set(user.id, user);
    this.#ids.set(user.name.toLowerCase(), user.id);
  }

  /** Removes a user, and takes it out of all shares. */
  removeUser({ id, name }: ComparableUser): void {
    this.#users.delete(id);
    this.#ids.delete(name.toLowerCase());
    for (const key of this.#keys.now.values()) {
      if (!key.access.sharedWith.includes(id)) continue;
      const sharedWith = key.access.sharedWith.filter((other) => other !== id);
      this.putKey({ ...key, access: { ...key.access, sharedWith } });
    }
  }

  putKey(key: ComparableKey): void {
    this.#keys.set(key.handle, key);
  }

  setMinimum(service: QuorumService, minimum: number): void {
    this.#minimums.set(service, minimum);
  }
}
