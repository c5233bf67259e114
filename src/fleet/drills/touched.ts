import type { UntouchedGoal } from "../../config/drill.ts";
import type { ComparableHsm } from "../../simulator/comparable-reader.ts";
import { type HsmBaseline, marksOf } from "./baseline.ts";
import type { Shortfall } from "./shortfall.ts";

/** What an HSM has otherwise than when the drill began, of what was to be left alone. */
export function touched(goal: UntouchedGoal, hsm: ComparableHsm, before: HsmBaseline): readonly Shortfall[] {
  const at = { hsm: hsm.hsmId };
  const now = marksOf(hsm);
  const users = changes(goal.users, before.users, now.users, (name) => name.toLowerCase());
  const keys = changes(goal.keys, before.keys, now.keys, String);
  return [
    ...users.changed.map((name): Shortfall => ({ kind: "userChanged", ...at, name })),
    ...users.added.map((name): Shortfall => ({ kind: "userAdded", ...at, name })),
    ...keys.changed.map((handle): Shortfall => ({ kind: "keyChanged", ...at, handle: Number(handle) })),
    ...keys.added.map((handle): Shortfall => ({ kind: "keyAdded", ...at, handle: Number(handle) })),
  ];
}

type Marks = Readonly<Record<string, string>>;

/** Of all, also whoever came is a change; of those that are listed, only they. */
function changes<T>(wanted: "all" | readonly T[], before: Marks, now: Marks, keyOf: (one: T) => string) {
  const names = wanted === "all" ? Object.keys(before) : wanted.map(keyOf);
  const isNew = (name: string): boolean => before[name] === undefined && now[name] !== undefined;
  const added = wanted === "all" ? Object.keys(now).filter(isNew) : names.filter(isNew);
  return { changed: names.filter((name) => before[name] !== undefined && before[name] !== now[name]), added };
}
