import type { Goal } from "../../config/drill.ts";
import { offerPassword } from "../../hsm/password-offer.ts";
import { returnCodes } from "../../hsm/return-code.ts";
import type { ComparableHsm, ComparableUser } from "../../simulator/comparable-reader.ts";
import { eventsFrom } from "../../simulator/event-reader.ts";
import { hasPassword } from "../../simulator/password-check.ts";
import type { Address } from "../../store/address.ts";
import type { Store } from "../../store/store.ts";
import type { HsmBaseline } from "./baseline.ts";
import type { Shortfall } from "./shortfall.ts";
import { touched } from "./touched.ts";

/** An HSM as it is when goals are checked, and as it was when the drill began. */
export interface SeenHsm {
  readonly address: Address;
  readonly hsm: ComparableHsm;
  /** Undefined for an HSM that came since. */
  readonly baseline: HsmBaseline | undefined;
  readonly store: () => Promise<Store>;
}

type GoalOnHsm = Exclude<Goal, { readonly kind: "inStep" }>;
type GoalOf<Kind extends GoalOnHsm["kind"]> = Extract<GoalOnHsm, { readonly kind: Kind }>;

/** Why a goal is not met on one HSM. Throws HsmError, StoreError for one that cannot be read any more. */
export async function shortfallsOn(goal: GoalOnHsm, seen: SeenHsm): Promise<readonly Shortfall[]> {
  switch (goal.kind) {
    case "user":
      return userShortfalls(goal, seen);
    case "absent":
      return absentShortfalls(goal, seen.hsm);
    case "key":
      return keyShortfalls(goal, seen.hsm);
    case "minimum": {
      const minimum = seen.hsm.minimums.get(goal.service) ?? 1;
      if (minimum === goal.minimum) return [];
      return [{ kind: "otherMinimum", hsm: seen.hsm.hsmId, service: goal.service, minimum }];
    }
    case "audit":
      return auditShortfalls(goal, seen);
    case "untouched":
      return seen.baseline === undefined ? [] : touched(goal, seen.hsm, seen.baseline);
  }
}

async function userShortfalls(goal: GoalOf<"user">, { hsm, store }: SeenHsm): Promise<readonly Shortfall[]> {
  const { name, type, password, locked } = goal;
  const at = { hsm: hsm.hsmId, name };
  const user = userNamed(hsm, name);
  if (user === undefined) return [{ kind: "userMissing", ...at }];
  const shortfalls: Shortfall[] = [];
  if (user.type !== type) shortfalls.push({ kind: "otherType", ...at, type: user.type });
  if (password !== undefined && !(await hasPassword(store(), name, offerPassword(password))))
    shortfalls.push({ kind: "otherPassword", ...at });
  const isLocked = user.loginFailures >= hsm.lockedAt;
  if (locked !== undefined && locked !== isLocked) shortfalls.push({ kind: isLocked ? "locked" : "notLocked", ...at });
  return shortfalls;
}

function absentShortfalls({ user, key }: GoalOf<"absent">, hsm: ComparableHsm): readonly Shortfall[] {
  const shortfalls: Shortfall[] = [];
  if (user !== undefined && userNamed(hsm, user) !== undefined)
    shortfalls.push({ kind: "userLeft", hsm: hsm.hsmId, name: user });
  if (key !== undefined && hsm.keys.some(({ handle }) => handle === key))
    shortfalls.push({ kind: "keyLeft", hsm: hsm.hsmId, handle: key });
  return shortfalls;
}

function keyShortfalls({ handle, owner, sharedWith, mValue }: GoalOf<"key">, hsm: ComparableHsm): readonly Shortfall[] {
  const at = { hsm: hsm.hsmId, handle };
  const key = hsm.keys.find((each) => each.handle === handle);
  if (key === undefined) return [{ kind: "keyMissing", ...at }];
  const shortfalls: Shortfall[] = [];
  const nameOf = (id: number): string => hsm.users.find((user) => user.id === id)?.name ?? String(id);
  if (owner !== undefined && nameOf(key.access.owner).toLowerCase() !== owner.toLowerCase())
    shortfalls.push({ kind: "otherOwner", ...at });
  const sharees = key.access.sharedWith.map(nameOf);
  const inOrder = (names: readonly string[]): string =>
    names
      .map((name) => name.toLowerCase())
      .toSorted()
      .join();
  if (sharedWith !== undefined && inOrder(sharees) !== inOrder(sharedWith))
    shortfalls.push({ kind: "otherSharees", ...at, sharedWith: sharees });
  if (mValue !== undefined && key.access.mValue !== mValue)
    shortfalls.push({ kind: "otherMValue", ...at, mValue: key.access.mValue });
  return shortfalls;
}

async function auditShortfalls(
  goal: GoalOf<"audit">,
  { hsm, baseline, store }: SeenHsm,
): Promise<readonly Shortfall[]> {
  const { opcode, user, response, says } = goal;
  const events = await eventsFrom(store(), baseline?.nextEvent ?? 0);
  const code = response === undefined ? undefined : returnCodes[response].code;
  const isThere = events.some(
    (event) =>
      event.opcode === opcode &&
      (user === undefined || event.user?.name.toLowerCase() === user.toLowerCase()) &&
      (code === undefined || event.response === code),
  );
  return isThere === says ? [] : [{ kind: isThere ? "eventFound" : "eventMissing", hsm: hsm.hsmId, opcode }];
}

function userNamed({ users }: ComparableHsm, name: string): ComparableUser | undefined {
  return users.find((user) => user.name.toLowerCase() === name.toLowerCase());
}
