import type { SessionHandle } from "../../hsm/hsm.ts";
import type { KeyCriteria, KeyMaking, KeyWish, PairHandles, PairWish, SecretWish } from "../../hsm/key-making.ts";
import { type KeyShape, isKeyShape } from "../../hsm/key-type.ts";
import { isWithin } from "../../hsm/limits.ts";
import { requests } from "../../hsm/requests.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { removeKey } from "../records/key-records.ts";
import type { HeldKeys } from "./held-keys.ts";
import { type KeyMaterial, generateMaterial } from "./key-material.ts";
import { searchKeys } from "./key-search.ts";
import type { MadeKey } from "./new-key.ts";
import { requireNotKept } from "./kept-users.ts";
import { holdKeys } from "./wished-keys.ts";

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
      return holdKeys(this.#held, transaction, { wish, material: prepared, caller }, about);
    });
    if (!wish.token) sessionKeys.add(session, made);
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
