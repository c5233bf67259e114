import type { FamilyTable, HsmColumn, Row, RowKind, Rows } from "../../endpoint/board/snapshot.ts";
import type { ComparedFamily } from "../../fleet/compare/compare-home.ts";
import type { Family } from "../../fleet/compare/relative.ts";
import { type Finding, keyOf } from "../../fleet/compare/repair.ts";
import { keyRows, minimumRows } from "./other-rows.ts";
import { detailsOf, lineText } from "./row-details.ts";
import { userRows } from "./user-rows.ts";

/** Rows that are in step and sent with a snapshot, of each kind. */
const shownInStep = 60;

/** Rows that are out of step and sent with a snapshot, of each kind. */
const shownOutOfStep = 300;

/** A table, and all of its rows. */
export interface FullTable {
  readonly table: FamilyTable;
  readonly rows: Readonly<Record<RowKind, readonly Row[]>>;
}

/** The table of a family. */
export function tableOf(
  family: Family,
  compared: ComparedFamily,
  columns: readonly HsmColumn[],
  file: string,
): FullTable {
  const details = detailsOf(compared, file);
  const findings = new Map<string, Finding>();
  for (const finding of compared.findings) {
    const key = keyOf(finding.subject);
    if (!findings.has(key)) findings.set(key, finding);
  }
  const rows = {
    users: userRows(family, findings, details),
    keys: keyRows(family, findings, details),
    minimums: minimumRows(family, findings, details),
  };
  const table = {
    clusters: compared.clusters,
    columns,
    outOfStep: [...findings.values()].filter(({ differences }) => differences.length > 0).length,
    logins: compared.logins.map(lineText),
    rows: (["users", "keys", "minimums"] as const).map((kind) => firstOf(kind, rows[kind])),
  };
  return { table, rows };
}

function firstOf(kind: RowKind, rows: readonly Row[]): Rows {
  const outOfStep = rows.filter(({ isInStep }) => !isInStep);
  const inStep = rows.filter(({ isInStep }) => isInStep);
  // Who is locked or logged in is what somebody looks for.
  const marked = inStep.filter(({ cells }) => Object.keys(cells).length > 0);
  const chosen = new Set([...marked, ...inStep].slice(0, shownInStep));
  return {
    kind,
    total: rows.length,
    outOfStep: outOfStep.length,
    first: [...outOfStep.slice(0, shownOutOfStep), ...inStep.filter((row) => chosen.has(row))],
  };
}
