import type { InitialKey } from "../../hsm/initial-key.ts";
import type { KeyWish } from "../../hsm/key-making.ts";
import { bounds, isLabel, isWithin } from "../../hsm/limits.ts";
import { HsmError } from "../../hsm/return-code.ts";
import type { Snapshot, Transaction } from "../../store/store.ts";
import { putKey } from "../records/key-records.ts";
import { keys, users } from "../records/records.ts";
import type { Caller, Subject } from "../request/asking.ts";
import type { HeldKeys } from "./held-keys.ts";
import { drawHandles } from "./key-handles.ts";
import type { KeyMaterial } from "./key-material.ts";
import { type MadeKey, makeKeys } from "./new-key.ts";

/** What is to become keys of a caller. */
export interface WishedKeys {
  readonly wish: KeyWish;
  readonly material: KeyMaterial;
  readonly caller: Caller;
  /** Flags that differ from the usual ones of such keys. */
  readonly flags?: InitialKey["flags"];
}

/**
 * Gives material handles and an owner, and stores what is no session key: those, whoever asks for them adds to the session
 * once nothing can fail any more. Throws {@link HsmError} INVALID_INPUT, KEY_ID_TAKEN or KEY_LIMIT.
 */
export async function holdKeys(
  held: HeldKeys,
  transaction: Transaction,
  { wish, material, caller, flags = {} }: WishedKeys,
  about: (subject: Subject) => void,
): Promise<readonly MadeKey[]> {
  await requireWish(transaction, wish, material, caller);
  const count = material.kind === "pair" ? 2 : 1;
  if (wish.token) await held.requireRoom(transaction, count);
  const [first = 0] = await drawHandles(transaction, wish.node, count);
  const handle = count === 2 ? first + 1 : first;
  const { label, id, mValue, extractable, token, sharedWith } = wish;
  // What a wrapped key had stays, whatever is wished.
  const asked = wish.wrapWithTrusted ? { ...flags, wrapWithTrusted: true } : flags;
  const holders = { owner: "", sharedWith: [] };
  const terms = { shape: material.shape, label, id, mValue, extractable, token, flags: asked };
  const initial: InitialKey = { handle, publicHandle: first, ...holders, ...terms };
  const made = makeKeys(initial, material, { owner: caller.id, sharedWith });
  about({ key: handle, ...(count === 2 ? { publicKey: first } : {}) });
  for (const { key, bytes } of token ? made : []) await putKey(transaction, key, bytes, held.storageKey);
  return made;
}

const classes = {
  secret: ["secret"],
  pair: ["public", "private"],
  private: ["private"],
  public: ["public"],
} as const satisfies Record<KeyMaterial["kind"], readonly string[]>;

/** Throws {@link HsmError} INVALID_INPUT or KEY_ID_TAKEN for what no key can be. */
async function requireWish(snapshot: Snapshot, wish: KeyWish, { kind }: KeyMaterial, caller: Caller): Promise<void> {
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
  const own: readonly string[] = classes[kind];
  const taken = (await keys.list(snapshot)).some(([, key]) => key.id === id && own.includes(key.class));
  if (taken) throw new HsmError("KEY_ID_TAKEN");
}
