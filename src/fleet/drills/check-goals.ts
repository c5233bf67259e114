import { type Goal, type PlacedGoal, type Where } from "../../config/drill.ts";
import { namesHsm } from "../../config/configuration.ts";
import { HsmError } from "../../hsm/return-code.ts";
import { type ComparableHsm, readComparable } from "../../simulator/comparable-reader.ts";
import type { Home } from "../../store/home.ts";
import { StoreError } from "../../store/store.ts";
import { compareHome } from "../compare/compare-home.ts";
import type { DrillRecord } from "./drill-record.ts";
import { type SeenHsm, shortfallsOn } from "./goal-on-hsm.ts";
import type { Shortfall } from "./shortfall.ts";
import { addressText } from "../../store/address.ts";

/** A goal, and why it is not met: an empty list is met. */
export interface CheckedGoal {
  readonly goal: PlacedGoal;
  readonly shortfalls: readonly Shortfall[];
}

/** Looks which goals of a drill are met in its home, and changes nothing. Throws StoreError. */
export async function checkGoals(
  home: Home,
  goals: readonly PlacedGoal[],
  record: DrillRecord,
): Promise<readonly CheckedGoal[]> {
  const { seen, unreadable } = await lookAround(home, record);
  const checked: CheckedGoal[] = [];
  for (const goal of goals) checked.push({ goal, shortfalls: await shortfallsOf(goal, home, seen, unreadable) });
  return checked;
}

async function lookAround(home: Home, record: DrillRecord) {
  const secret = Buffer.from(record.secret, "base64");
  const seen: SeenHsm[] = [];
  const unreadable: string[] = [];
  for (const address of await home.list()) {
    try {
      const hsm: ComparableHsm = await readComparable(home.open(address), address, home.presence, secret);
      seen.push({ address, hsm, baseline: record.baseline[hsm.hsmId], store: () => home.open(address) });
    } catch (error) {
      if (!(error instanceof HsmError || error instanceof StoreError)) throw error;
      unreadable.push(addressText(address));
    }
  }
  return { seen, unreadable };
}

async function shortfallsOf(
  goal: Goal,
  home: Home,
  seen: readonly SeenHsm[],
  unreadable: readonly string[],
): Promise<readonly Shortfall[]> {
  if (goal.kind === "inStep") return outOfStep(home);
  const { chosen, missing } = choose(goal.where, seen);
  const shortfalls: Shortfall[] = [
    ...(goal.where === "all" ? unreadable : []).map((hsm): Shortfall => ({ kind: "unreadable", hsm })),
    ...missing.map((hsm): Shortfall => ({ kind: "noHsm", hsm })),
  ];
  for (const hsm of chosen) shortfalls.push(...(await shortfallsOn(goal, hsm)));
  return shortfalls;
}

async function outOfStep(home: Home): Promise<readonly Shortfall[]> {
  const { families, unusable } = await compareHome(home, []);
  const subjects = families.flatMap(({ findings }) => findings).filter(({ differences }) => differences.length > 0);
  return [
    ...(subjects.length > 0 ? [{ kind: "outOfStep", subjects: subjects.length } as const] : []),
    ...unusable.map((hsm): Shortfall => ({ kind: "unreadable", hsm: addressText(hsm) })),
  ];
}

function choose(where: Where, seen: readonly SeenHsm[]) {
  if (where === "all") return { chosen: seen, missing: [] };
  const named = (word: string): readonly SeenHsm[] =>
    seen.filter(({ address, hsm }) => namesHsm(word, { ...address, id: hsm.hsmId }));
  return {
    chosen: [...new Set(where.flatMap(named))],
    missing: where.filter((word) => named(word).length === 0),
  };
}
