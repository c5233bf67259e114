import type { SetFault } from "../../fleet/faults/fault.ts";
import type { ClusterStatus, PresentHsm } from "../../fleet/status.ts";
import type { Home } from "../../store/home.ts";
import { printable } from "../../text/printable.ts";
import type { Paint } from "./paint.ts";
import {
  type ShownStatus,
  clusterHeading,
  destroyedLine,
  faultsAt,
  isEmpty,
  missingLine,
  nothingIn,
  reasonOf,
  shellOf,
} from "./status-forms.ts";
import { type Cell, tableLines } from "./table.ts";
import { addressText } from "../../store/address.ts";

/** A column of a table, which is left out where no HSM has anything in it, unless it is always there. */
interface Column {
  readonly head: string;
  readonly isOptional?: true;
  readonly cell: (hsm: PresentHsm) => Cell;
}

/** What a home holds, as tables for a terminal: one a cluster. */
export function statusAsTable(status: ShownStatus, home: Home, paint: Paint): readonly string[] {
  if (isEmpty(status)) return nothingIn(home);
  const { clusters, unusable, destroyed, missing, faults } = status;
  const parts = [
    ...clusters.map((cluster) => clusterTable(cluster, faults, paint)),
    unusable.map((hsm) => paint.wrong(printable(`${addressText(hsm)}: ${reasonOf(hsm, home)}`))),
    destroyed.map((hsm) => paint.wrong(destroyedLine(hsm))),
    missing.map((address) => paint.unusual(missingLine(address))),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .flatMap((lines, position) => [...(position > 0 ? [""] : []), ...lines]);
}

function clusterTable(cluster: ClusterStatus, faults: readonly SetFault[], paint: Paint): readonly string[] {
  const { hsms } = cluster;
  const isEmptyIn = (cell: Cell): boolean => (typeof cell === "string" ? cell : cell.text) === "";
  const columns = columnsWith(faults).filter(
    ({ isOptional, cell }) => isOptional !== true || hsms.some((hsm) => !isEmptyIn(cell(hsm))),
  );
  const heads = columns.map(({ head }) => head);
  const rows = hsms.map((hsm) => columns.map(({ cell }) => cell(hsm)));
  return [printable(clusterHeading(cluster)), ...tableLines(heads, rows, paint)];
}

function columnsWith(faults: readonly SetFault[]): readonly Column[] {
  return [
    { head: "region", isOptional: true, cell: ({ region }) => region ?? "" },
    { head: "HSM", cell: ({ hsmId }) => hsmId },
    { head: "address", cell: addressText },
    { head: "state", cell: ({ state }) => (state === "up" ? state : { text: state, as: "unusual" }) },
    { head: "users", cell: ({ users }) => String(users) },
    { head: "keys", cell: ({ tokenKeys }) => String(tokenKeys) },
    { head: "faults", isOptional: true, cell: (hsm) => faultCell(faultsAt(hsm, faults)) },
    { head: "logged in", cell: ({ logins }) => logins.map(loginLine).join("\n") },
  ];
}

function faultCell(faults: readonly SetFault[]): Cell {
  return { text: faults.map(({ id, kind }) => `${String(id)} ${kind}`).join("\n"), as: "wrong" };
}

function loginLine(login: PresentHsm["logins"][number]): string {
  return `${login.name} (${login.type}), shell ${shellOf(login)}`;
}
