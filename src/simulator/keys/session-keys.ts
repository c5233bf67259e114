import type { Snapshot } from "../../store/store.ts";
import type { Device } from "../request/device.ts";
import type { SessionHandle } from "../../hsm/hsm.ts";
import { generateMaterial } from "./key-material.ts";
import type { FoundKey, KeyBytes } from "../records/key-records.ts";
import type { InitialKey } from "../../hsm/initial-key.ts";
import { type MadeKey, makeKeys } from "./new-key.ts";
import { sessions, users } from "../records/records.ts";
import { plannedKey, sessionKeyPlans } from "../records/session-key-plan.ts";

/**
 * The session keys of this shell's login, as an application's would stand beside its token keys: made when the
 * session first asks for a key, in memory only, and gone with it.
 */
export class SessionKeys {
  readonly #device: Device;
  #session: SessionHandle = 0;
  #keys: ReadonlyMap<number, MadeKey> = new Map();

  constructor(device: Device) {
    this.#device = device;
  }

  /** Makes the keys of a session that has none yet: before a transaction, which would keep other shells waiting. */
  async prepare(session: SessionHandle): Promise<void> {
    if (session === this.#session) return;
    const planned = await this.#device.look((snapshot) => plansOf(snapshot, session));
    const made = await Promise.all(planned.map(({ owner, plan }) => make(owner, plan)));
    this.#keys = new Map(made.flat().map((each) => [each.key.handle, each]));
    this.#session = session;
  }

  /** The session key with that handle. */
  find(session: SessionHandle, handle: number): FoundKey | undefined {
    return session === this.#session ? this.#keys.get(handle)?.key : undefined;
  }

  /** The material of the session key with that handle. */
  material(session: SessionHandle, handle: number): KeyBytes | undefined {
    return session === this.#session ? this.#keys.get(handle)?.bytes : undefined;
  }

  /** All keys of a session, by their handles. */
  of(session: SessionHandle): readonly FoundKey[] {
    if (session !== this.#session) return [];
    return [...this.#keys.values()].map(({ key }) => key).sort((one, other) => one.handle - other.handle);
  }

  /** Adds keys that a session has made. */
  add(session: SessionHandle, made: readonly MadeKey[]): void {
    const before = session === this.#session ? this.#keys : new Map<number, MadeKey>();
    this.#keys = new Map([...before, ...made.map((each) => [each.key.handle, each] as const)]);
    this.#session = session;
  }

  /** Takes a key away. */
  remove(handle: number): void {
    this.#keys = new Map([...this.#keys].filter(([each]) => each !== handle));
  }

  /** How many there are while the session lasts. */
  async count(snapshot: Snapshot): Promise<number> {
    return (await sessions.get(snapshot, this.#session)) === undefined ? 0 : this.#keys.size;
  }

  /** Puts a changed key in the place of what it was. */
  replace(key: FoundKey): void {
    const made = this.#keys.get(key.handle);
    if (made !== undefined) this.#keys = new Map(this.#keys).set(key.handle, { ...made, key });
  }
}

interface PlannedKey {
  readonly owner: number;
  readonly plan: InitialKey;
}

/** The plans name their owner: whoever has that name now. */
async function plansOf(snapshot: Snapshot, session: SessionHandle): Promise<readonly PlannedKey[]> {
  const login = await sessions.get(snapshot, session);
  const user = login === undefined ? undefined : await users.get(snapshot, login.userId);
  if (login === undefined || user === undefined) return [];
  const plans = (await sessionKeyPlans.list(snapshot)).map(([, plan]) => plannedKey(plan));
  const own = plans.filter(({ owner }) => owner.toLowerCase() === user.name.toLowerCase());
  return own.map((plan) => ({ owner: login.userId, plan }));
}

async function make(owner: number, plan: InitialKey): Promise<readonly MadeKey[]> {
  const material = await generateMaterial(plan.shape);
  return makeKeys(plan, material, { owner, sharedWith: [] });
}
