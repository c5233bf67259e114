import type { SessionHandle } from "../../hsm/hsm.ts";
import type { InitialKey } from "../../hsm/initial-key.ts";
import type { KeyCriteria, KeyMaking, KeyWish, PairHandles, PairWish, SecretWish } from "../../hsm/key-making.ts";
import { type KeyShape, isKeyShape, isPair } from "../../hsm/key-type.ts";
import { bounds, isLabel, isWithin } from "../../hsm/limits.ts";
import { requests } from "../../hsm/requests.ts";
import { HsmError } from "../../hsm/return-code.ts";
import type { Snapshot, Transaction } from "../../store/store.ts";
import { putKey, removeKey } from "../records/key-records.ts";
import { keys, users } from "../records/records.ts";
import type { Caller, Subject } from "../request/asking.ts";
import type { HeldKeys } from "./held-keys.ts";
import { requireNotKept } from "./kept-users.ts";
import { drawHandles } from "./key-handles.ts";
import { type KeyMaterial, generateMaterial } from "./key-material.ts";
import { searchKeys } from "./key-search.ts";
import { type MadeKey, makeKeys } from "./new-key.ts";

/** A key that is wanted, whatever it is. */
type Wish = KeyWish & { readonly shape: KeyShape };

/** Odd numbers that an exponent of RSA may be. */
const exponents = { minimum: 65_537, maximum: 2 ** 31 - 1 } as const;

/** What crypto users have one HSM do with keys of their own. */
export class HsmKeyMaking implements KeyMaking {
  readonly #held: HeldKeys;

  constructor(held: HeldKeys) {
    this.#held = held;
  }

  async secret(session: SessionHandle, wish: SecretWish): Promise<number> {
    const [made] = await this.#make("making.secret", session, wish, () => generateMaterial(wish.shape));
    return made?.key.handle ?? 0;
  }

  async pair(session: SessionHandle, wish: PairWish): Promise<PairHandles> {
    const { publicExponent = exponents.minimum } = wish;
    const isPossible = isWithin(exponents, publicExponent) && publicExponent % 2 === 1;
    const material = async (): Promise<KeyMaterial> => {
      if (!isPossible) throw new HsmError("POLICY_VIOLATION");
      return generateMaterial(wish.shape, publicExponent);
    };
    const [privateKey, publicKey] = await this.#make("making.pair", session, wish, material);
    return { publicKey: publicKey?.key.handle ?? 0, privateKey: privateKey?.key.handle ?? 0 };
  }

  async search(session: SessionHandle, criteria: KeyCriteria): Promise<readonly number[]> {
    await this.#held.sessionKeys.prepare(session);
    return this.#held.device.read("making.search", session, (snapshot, caller) =>
      searchKeys(snapshot, this.#held.sessionKeys.of(session), caller.id, criteria),
    );
  }

  async delete(session: SessionHandle, handle: number): Promise<void> {
    const { device, sessionKeys } = this.#held;
    await sessionKeys.prepare(session);
    const asking = { session, key: handle };
    const { record } = await device.perform("making.delete", asking, async (transaction, caller) => {
      requireNotKept(caller, "modify");
      const key = await this.#held.require(transaction, caller, handle, requests["making.delete"].ofKey);
      if (key.access.mValue > 1) throw new HsmError("MXN_AUTH_FAILED");
      if (key.record.token) await removeKey(transaction, handle);
      return key;
    });
    // A session key is in no transaction: it goes when nothing can fail any more.
    if (!record.token) sessionKeys.remove(handle);
  }

  /** Makes the keys of a wish: their material before the transaction, which would keep other shells waiting. */
  async #make(
    name: "making.secret" | "making.pair",
    session: SessionHandle,
    wish: Wish,
    materialOf: () => Promise<KeyMaterial>,
  ): Promise<readonly MadeKey[]> {
    const { device, sessionKeys } = this.#held;
    await sessionKeys.prepare(session);
    const prepared = await materialFor(wish, materialOf);
    const made = await device.perform(name, { session }, async (transaction, caller, about) => {
      requireNotKept(caller, "generate");
      if (prepared instanceof HsmError) throw prepared;
      await requireWish(transaction, wish, caller);
      return this.#put(transaction, { wish, material: prepared, caller }, about);
    });
    if (!wish.token) sessionKeys.add(session, made);
    return made;
  }

  async #put(
    transaction: Transaction,
    { wish, material, caller }: { readonly wish: Wish; readonly material: KeyMaterial; readonly caller: Caller },
    about: (subject: Subject) => void,
  ): Promise<readonly MadeKey[]> {
    const count = isPair(wish.shape) ? 2 : 1;
    if (wish.token) await this.#held.requireRoom(transaction, count);
    const [first = 0] = await drawHandles(transaction, wish.node, count);
    const initial = initialOf(wish, count === 2 ? { handle: first + 1, publicHandle: first } : { handle: first });
    const { sharedWith } = wish;
    const made = makeKeys(initial, material, { owner: caller.id, sharedWith });
    about({ key: initial.handle, ...(count === 2 ? { publicKey: first } : {}) });
    for (const { key, bytes } of wish.token ? made : []) await putKey(transaction, key, bytes, this.#held.storageKey);
    return made;
  }
}

/** The material of a wish, or why there is none. */
async function materialFor(wish: Wish, materialOf: () => Promise<KeyMaterial>): Promise<KeyMaterial | HsmError> {
  if (!isKeyShape(wish.shape)) return new HsmError("POLICY_VIOLATION");
  try {
    return await materialOf();
  } catch (error) {
    if (error instanceof HsmError) return error;
    throw error;
  }
}

function initialOf(
  { shape, label, id, mValue, extractable, token }: Wish,
  handles: { readonly handle: number; readonly publicHandle?: number },
): InitialKey {
  const names = { owner: "", sharedWith: [] };
  return { publicHandle: undefined, ...handles, ...names, shape, label, id, mValue, extractable, token, flags: {} };
}

/** Throws {@link HsmError} INVALID_INPUT or KEY_ID_TAKEN for what no key can be. */
async function requireWish(snapshot: Snapshot, wish: Wish, caller: Caller): Promise<void> {
  const { label, id, sharedWith, mValue, token } = wish;
  const isPossible =
    isLabel(label) &&
    isLabel(id) &&
    isWithin(bounds.keyMValue, mValue) &&
    mValue <= sharedWith.length + 1 &&
    // A session key cannot be shared.
    (token || sharedWith.length === 0);
  if (!isPossible || new Set(sharedWith).size < sharedWith.length) throw new HsmError("INVALID_INPUT");
  for (const userId of sharedWith) {
    const user = await users.get(snapshot, userId);
    if (user?.type !== "CU" || userId === caller.id) throw new HsmError("INVALID_INPUT");
  }
  if (id === "") return;
  const classes = new Set(isPair(wish.shape) ? ["public", "private"] : ["secret"]);
  const taken = (await keys.list(snapshot)).some(([, key]) => key.id === id && classes.has(key.class));
  if (taken) throw new HsmError("KEY_ID_TAKEN");
}
