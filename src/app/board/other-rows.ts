import type { Row, RowDetail } from "../../endpoint/board/snapshot.ts";
import type { Finding } from "../../fleet/compare/repair.ts";
import type { Family } from "../../fleet/compare/relative.ts";
import { type QuorumService, quorumServices } from "../../hsm/quorum-service.ts";
import type { ComparableKey } from "../../simulator/comparable-reader.ts";
import { printable } from "../../text/printable.ts";
import { differing } from "./cells.ts";

/** A row for each token key of a family, by handles. */
export function keyRows(
  family: Family,
  findings: ReadonlyMap<string, Finding>,
  details: ReadonlyMap<string, RowDetail>,
): readonly Row[] {
  const keys = new Map<number, ComparableKey>();
  for (const { keys: here } of family) for (const key of here) if (!keys.has(key.handle)) keys.set(key.handle, key);
  return [...keys.values()]
    .sort((one, other) => one.handle - other.handle)
    .map((key) => {
      const id = `key ${String(key.handle)}`;
      return details.has(id) ? row(id, id, printable(key.record.label), findings, details) : evenRow(id, key);
    });
}

/** The rows of keys that are in step, of which there are many. */
const evenRows = new WeakMap<ComparableKey, Row>();

function evenRow(id: string, key: ComparableKey): Row {
  const known = evenRows.get(key) ?? { id, name: id, note: printable(key.record.label), isInStep: true, cells: {} };
  evenRows.set(key, known);
  return known;
}

/** A row for each service that takes more than one officer anywhere. */
export function minimumRows(
  family: Family,
  findings: ReadonlyMap<string, Finding>,
  details: ReadonlyMap<string, RowDetail>,
): readonly Row[] {
  const services = new Map<QuorumService, number>();
  for (const { minimums } of family) {
    for (const [service, minimum] of minimums) services.set(service, Math.max(minimum, services.get(service) ?? 0));
  }
  return [...services].map(([service, minimum]) => {
    const note = `${String(minimum)} officers, service ${String(quorumServices[service])}`;
    return row(`minimum ${service}`, service, note, findings, details);
  });
}

function row(
  id: string,
  name: string,
  note: string,
  findings: ReadonlyMap<string, Finding>,
  details: ReadonlyMap<string, RowDetail>,
): Row {
  const detail = details.get(id);
  const different = differing(findings.get(id)?.differences ?? []);
  return {
    id,
    name,
    note,
    isInStep: detail === undefined,
    cells: Object.fromEntries(
      Array.from(different, ([hsmId, cell]) => [hsmId, { ...cell, isLocked: false, isLoggedIn: false }]),
    ),
    ...(detail === undefined ? {} : { detail }),
  };
}
