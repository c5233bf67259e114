import type { SessionHandle } from "../../hsm/hsm.ts";
import type { KeyUsing, Signing } from "../../hsm/key-using.ts";
import type { MaskedObject } from "../../hsm/masked-object.ts";
import { requests } from "../../hsm/requests.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { type KeyBytes, putKey } from "../records/key-records.ts";
import { MaskingKey } from "../sealing/masking-key.ts";
import type { HeldKeys } from "./held-keys.ts";
import { drawHandles } from "./key-handles.ts";
import { requireNotKept } from "./kept-users.ts";
import { openKey, requireHolders } from "./masked-key.ts";
import { isSignature, requireSuitable, signatureOf } from "./signatures.ts";

/** What crypto users have one HSM do with keys that it holds. */
export class HsmKeyUsing implements KeyUsing {
  readonly #held: HeldKeys;
  readonly #maskingKey: MaskingKey;

  constructor(held: HeldKeys) {
    this.#held = held;
    this.#maskingKey = MaskingKey.decode(held.device.identity.maskingKey);
  }

  async sign(session: SessionHandle, signing: Signing): Promise<Uint8Array> {
    return signatureOf(await this.#bytesFor("sign", session, signing), signing);
  }

  async verify(session: SessionHandle, signing: Signing, signature: Uint8Array): Promise<void> {
    const publicKey = await this.#bytesFor("verify", session, signing);
    if (!isSignature(publicKey, signing, signature)) throw new HsmError("BAD_PKCS_DATA");
  }

  async keep(session: SessionHandle, handle: number): Promise<void> {
    const { device, sessionKeys, storageKey } = this.#held;
    await sessionKeys.prepare(session);
    await device.perform("using.keep", { session, key: handle }, async (transaction, caller) => {
      requireNotKept(caller, "modify");
      const key = await this.#held.require(transaction, caller, handle, requests["using.keep"].ofKey);
      if (key.record.token) throw new HsmError("INVALID_INPUT");
      await this.#held.requireRoom(transaction);
      const bytes = await this.#held.material(transaction, caller, key);
      await putKey(transaction, { ...key, record: { ...key.record, token: true } }, bytes, storageKey);
    });
    // It is stored: from here on it is no session key.
    sessionKeys.remove(handle);
  }

  insertAnew(session: SessionHandle, masked: MaskedObject, node: number): Promise<number> {
    const { device, storageKey } = this.#held;
    return device.perform("using.insertAnew", { session }, async (transaction, caller, about) => {
      const { key: arriving, bytes, holders } = openKey(masked, this.#maskingKey);
      this.#held.requireAllowed(requests["using.insertAnew"].ofKey, caller, arriving);
      await requireHolders(transaction, holders);
      await this.#held.requireRoom(transaction);
      const [handle = 0] = await drawHandles(transaction, node, 1);
      about({ key: handle });
      await putKey(transaction, { ...arriving, handle }, bytes, storageKey);
      return handle;
    });
  }

  /** The material of a key that the caller may use so: read by itself, as what it is for needs no transaction. */
  async #bytesFor(
    purpose: "sign" | "verify",
    session: SessionHandle,
    { handle, mechanism }: Signing,
  ): Promise<KeyBytes> {
    const { device, sessionKeys } = this.#held;
    await sessionKeys.prepare(session);
    const name = `using.${purpose}` as const;
    return device.read(name, session, async (snapshot, caller) => {
      const key = await this.#held.require(snapshot, caller, handle, requests[name].ofKey);
      if (purpose === "sign") requireNotKept(caller, "sign");
      if (key.access.mValue > 1) throw new HsmError("MXN_AUTH_FAILED");
      requireSuitable(key.record, mechanism, purpose);
      return this.#held.material(snapshot, caller, key);
    });
  }
}
