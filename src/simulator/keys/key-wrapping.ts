import type { SessionHandle } from "../../hsm/hsm.ts";
import type { KeyClass } from "../../hsm/key-type.ts";
import {
  type KeyWrapping,
  type PublicWish,
  type UnwrapWish,
  type WrapMethod,
  type WrapWish,
  type WrappedKey,
  wrappedDataLength,
} from "../../hsm/key-wrapping.ts";
import { isWithin } from "../../hsm/limits.ts";
import { requests } from "../../hsm/requests.ts";
import { HsmError } from "../../hsm/return-code.ts";
import type { Snapshot } from "../../store/store.ts";
import type { FoundKey } from "../records/key-records.ts";
import type { Caller } from "../request/asking.ts";
import { unwrapPayload, wrapPayload, wrappingTypes } from "../wrapping/wrap-payload.ts";
import { publicMaterial, unwrappedMaterial } from "./arriving-material.ts";
import type { HeldKeys } from "./held-keys.ts";
import { requireNotKept } from "./kept-users.ts";
import { type OpenedHeader, headerOf, openHeader } from "./wrapped-header.ts";
import { holdKeys } from "./wished-keys.ts";

/** The only mechanism for what is no key of the HSM. */
const ofData: WrapMethod = { mechanism: "AES_KEY_WRAP_PAD_PKCS5" };

/** Bytes by which that mechanism makes it longer at most. */
const longerBy = 16;

/** What was made outside the HSM. */
const fromOutside = { local: false } as const;

/** The ways of keys out of one HSM and into it. */
export class HsmKeyWrapping implements KeyWrapping {
  readonly #held: HeldKeys;

  constructor(held: HeldKeys) {
    this.#held = held;
  }

  async wrap(session: SessionHandle, wish: WrapWish): Promise<WrappedKey> {
    const { key: handle, under, method, header } = wish;
    await this.#held.sessionKeys.prepare(session);
    return this.#held.device.perform("wrapping.wrap", { session, key: handle }, async (transaction, caller) => {
      requireNotKept(caller, "wrap");
      const key = await this.#held.require(transaction, caller, handle, requests["wrapping.wrap"].ofKey);
      const { record, access } = key;
      if (record.class === "public" || (wish.class ?? record.class) !== record.class)
        throw new HsmError("KEY_UNSUITABLE");
      if (!record.flags.extractable) throw new HsmError("KEY_ACCESS_DENIED");
      if (access.mValue > 1) throw new HsmError("MXN_AUTH_FAILED");
      const wrapping = await this.#requireWrapping(transaction, caller, under, method, "wrap");
      if (record.flags.wrapWithTrusted && !wrapping.record.flags.trusted) throw new HsmError("KEY_UNSUITABLE");
      const payload = await this.#held.material(transaction, caller, key);
      const bytes = await this.#held.material(transaction, caller, wrapping);
      return header ? headerOf(record, method, bytes, payload) : wrapPayload(method, bytes, payload);
    });
  }

  async unwrap(session: SessionHandle, wish: UnwrapWish): Promise<number> {
    const { device, sessionKeys } = this.#held;
    const { under, method } = wish;
    await sessionKeys.prepare(session);
    const made = await device.perform("wrapping.unwrap", { session }, async (transaction, caller, about) => {
      requireNotKept(caller, "unwrap");
      const wrapping = await this.#requireWrapping(transaction, caller, under, method, "unwrap");
      const { kind, label, id, flags, wrapped, ...opened } = openedWish(wish);
      if (method.mechanism === "RSA_OAEP" && tooLongForOaep.has(kind.type)) throw new HsmError("KEY_UNSUITABLE");
      const bytes = await this.#held.material(transaction, caller, wrapping);
      const payload = unwrapPayload({ ...method, ...opened }, bytes, wrapped);
      const material = unwrappedMaterial(kind, payload);
      const wished = { wish: { ...wish, label, id }, material, caller, flags: { ...flags, ...fromOutside } };
      return holdKeys(this.#held, transaction, wished, about);
    });
    if (!wish.token) sessionKeys.add(session, made);
    return made[0]?.key.handle ?? 0;
  }

  wrapData(session: SessionHandle, under: number, plain: Uint8Array): Promise<Uint8Array> {
    return this.#withData("wrapData", session, { under, length: plain.length, most: 0 }, (key) => {
      return wrapPayload(ofData, key, plain).bytes;
    });
  }

  unwrapData(session: SessionHandle, under: number, wrapped: Uint8Array): Promise<Uint8Array> {
    return this.#withData("unwrapData", session, { under, length: wrapped.length, most: longerBy }, (key) =>
      unwrapPayload(ofData, key, { bytes: wrapped }),
    );
  }

  async importPublic(session: SessionHandle, wish: PublicWish): Promise<number> {
    const { device, sessionKeys } = this.#held;
    await sessionKeys.prepare(session);
    const made = await device.perform("wrapping.importPublic", { session }, (transaction, caller, about) => {
      const material = publicMaterial(wish.publicKey);
      return holdKeys(this.#held, transaction, { wish, material, caller, flags: fromOutside }, about);
    });
    if (!wish.token) sessionKeys.add(session, made);
    return made[0]?.key.handle ?? 0;
  }

  async exportPublic(session: SessionHandle, handle: number): Promise<Uint8Array> {
    await this.#held.sessionKeys.prepare(session);
    return this.#held.device.read("wrapping.exportPublic", session, async (snapshot, caller) => {
      const key = await this.#held.require(snapshot, caller, handle, requests["wrapping.exportPublic"].ofKey);
      if (key.record.class !== "public") throw new HsmError("KEY_UNSUITABLE");
      return this.#held.material(snapshot, caller, key);
    });
  }

  /** Wraps or opens what is no key of the HSM. */
  async #withData(
    what: "wrapData" | "unwrapData",
    session: SessionHandle,
    { under, length, most }: { readonly under: number; readonly length: number; readonly most: number },
    work: (key: Buffer) => Uint8Array,
  ): Promise<Uint8Array> {
    const use = what === "wrapData" ? "wrap" : "unwrap";
    await this.#held.sessionKeys.prepare(session);
    return this.#held.device.perform(`wrapping.${what}`, { session, key: under }, async (transaction, caller) => {
      requireNotKept(caller, use);
      const wrapping = await this.#requireWrapping(transaction, caller, under, ofData, use);
      const { minimum, maximum } = wrappedDataLength;
      if (!isWithin({ minimum, maximum: maximum + most }, length)) throw new HsmError("INVALID_INPUT");
      return work(await this.#held.material(transaction, caller, wrapping));
    });
  }

  /** The key that wraps, or opens what was wrapped. Throws {@link HsmError} KEY_UNSUITABLE for another kind of key. */
  async #requireWrapping(
    snapshot: Snapshot,
    caller: Caller,
    handle: number,
    { mechanism }: WrapMethod,
    use: "wrap" | "unwrap",
  ): Promise<FoundKey> {
    const key = await this.#held.require(snapshot, caller, handle, "use");
    const { shape, class: keyClass, flags } = key.record;
    const type = wrappingTypes[mechanism];
    const isUsable = shape.type === type && keyClass === classFor(type, use) && flags[use];
    if (!isUsable) throw new HsmError("KEY_UNSUITABLE");
    if (key.access.mValue > 1) throw new HsmError("MXN_AUTH_FAILED");
    return key;
  }
}

/** Types of key that in PKCS #8 are longer than what OAEP takes under any key. */
const tooLongForOaep: ReadonlySet<string> = new Set(["RSA", "DSA"]);

function classFor(type: "AES" | "RSA", use: "wrap" | "unwrap"): KeyClass {
  if (type === "AES") return "secret";
  return use === "wrap" ? "public" : "private";
}

/** What a wish says of its key, or the header where it has one. Throws {@link HsmError} as {@link openHeader} does. */
function openedWish({ kind, label, id, wrapped, method }: UnwrapWish): OpenedHeader {
  if (kind !== undefined) return { kind, label: label ?? "", id: id ?? "", flags: {}, wrapped };
  const opened = openHeader(wrapped, method);
  return { ...opened, label: label ?? opened.label, id: id ?? opened.id };
}
