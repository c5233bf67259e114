import type { Mending, RowDetail } from "../../endpoint/board/snapshot.ts";
import type { ComparedFamily } from "../../fleet/compare/compare-home.ts";
import { type Finding, type Line, keyOf } from "../../fleet/compare/repair.ts";
import { obstacleText, prerequisiteText } from "../fleet/compare-reasons.ts";
import { differenceText, labelIn, passwordText } from "../fleet/compare-texts.ts";

/** What differs and what mends it, by the keys of subjects: the same words as those of `cloudhsm-sim compare`. */
export function detailsOf({ findings, hsms }: ComparedFamily, file: string): ReadonlyMap<string, RowDetail> {
  const labelOf = (hsmId: string): string => labelIn(hsms, hsmId);
  const details = new Map<string, RowDetail>();
  for (const finding of findings) {
    const key = keyOf(finding.subject);
    const known = details.get(key);
    const mending = mendingOf(finding, labelOf, file);
    const isEmpty = [mending.before, mending.lines, mending.obstacles].every(({ length }) => length === 0);
    details.set(key, {
      differences: [
        ...(known?.differences ?? []),
        ...finding.differences.map((difference) => differenceText(difference, labelOf)),
      ],
      mendings: [...(known?.mendings ?? []), ...(isEmpty ? [] : [mending])],
    });
  }
  return details;
}

/** A line as it is typed, or what is typed in its place. */
export function lineText(line: Line): string {
  return line.kind === "password" ? passwordText(line) : line.text;
}

function mendingOf({ before, lines, obstacles }: Finding, labelOf: (hsmId: string) => string, file: string): Mending {
  return {
    before: before.map((each) => prerequisiteText(each, labelOf)),
    lines: lines.map(lineText),
    obstacles: obstacles.map((each) => obstacleText(each, labelOf, file)),
  };
}
