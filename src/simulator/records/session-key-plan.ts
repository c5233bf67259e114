import { Collection } from "./collection.ts";
import { isLabel } from "../../hsm/limits.ts";
import type { InitialKey } from "../../hsm/initial-key.ts";
import { type KeyFlag, type KeyShape, isKeyShape } from "../../hsm/key-type.ts";

/**
 * A session key that is made for each login of its owner, as an HSM keeps it. Apart from what a configuration says of
 * keys: what is added there is on no disk before it is added here.
 */
export interface SessionKeyPlan {
  readonly handle: number;
  readonly publicHandle?: number;
  readonly shape: KeyShape;
  readonly label: string;
  readonly id: string;
  /** Names of users. */
  readonly owner: string;
  readonly sharedWith: readonly string[];
  readonly mValue: number;
  readonly extractable: boolean;
  /** Always false. */
  readonly token: boolean;
  readonly flags: Partial<Readonly<Record<KeyFlag, boolean>>>;
}

/** Session keys to make for each login of their owner, by handle. */
export const sessionKeyPlans = new Collection<number, SessionKeyPlan>(
  "sessionKeyPlan",
  {
    handle: "number",
    shape: "object",
    label: "string",
    id: "string",
    owner: "string",
    sharedWith: "object",
    mValue: "number",
    extractable: "boolean",
    token: "boolean",
    flags: "object",
  },
  ({ shape, label, id }) => isKeyShape(shape) && isLabel(label) && isLabel(id),
);

/** The plan of a session key, of what is asked for. */
export function planOf(initial: InitialKey): SessionKeyPlan {
  const { handle, publicHandle, shape, label, id, owner, sharedWith, mValue, extractable, token, flags } = initial;
  const plan = { handle, shape, label, id, owner, sharedWith, mValue, extractable, token, flags };
  return publicHandle === undefined ? plan : { ...plan, publicHandle };
}

/** What is asked for by a plan. */
export function plannedKey({ publicHandle, ...plan }: SessionKeyPlan): InitialKey {
  return { ...plan, publicHandle };
}
