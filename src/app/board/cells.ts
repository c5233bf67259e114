import type { Cell } from "../../endpoint/board/snapshot.ts";
import type { Difference } from "../../fleet/compare/difference.ts";

const words: Readonly<Partial<Record<Difference["aspect"], string>>> = {
  quorumKey: "quorum key",
  twoFactor: "second factor",
  keptFrom: "kept from",
  loginFailures: "login failures",
  sharedWith: "shared with",
  mValue: "M value",
  minimum: "officers",
};

/** What differs on each HSM: those are left out that are in the right state, or, where none is right, in the first. */
export function differing(differences: readonly Difference[]): ReadonlyMap<string, Pick<Cell, "state" | "differs">> {
  const cells = new Map<string, Pick<Cell, "state" | "differs">>();
  for (const { aspect, attribute, states } of differences) {
    const hasRight = states.some(({ isRight }) => isRight);
    for (const { value, hsms, isRight } of states) {
      if (isRight) continue;
      const isMissing = aspect === "presence" && value === false;
      if (aspect === "presence" && !isMissing) continue;
      for (const hsmId of hsms) {
        const known = cells.get(hsmId);
        const state = isMissing || known?.state === "missing" ? "missing" : "different";
        const word = attribute ?? words[aspect] ?? aspect;
        const isToldApart = !isMissing && (hasRight || states.length > 1);
        cells.set(hsmId, { state, differs: [...(known?.differs ?? []), ...(isToldApart ? [word] : [])] });
      }
    }
  }
  return cells;
}
