import type { ClusterStatus, FleetStatus, PresentHsm } from "../../fleet/status.ts";
import type { Home } from "../../store/home.ts";
import { printable } from "../../text/printable.ts";
import type { Paint } from "./paint.ts";
import { clusterHeading, nothingIn, placeOf, reasonOf, shellOf } from "./status-forms.ts";
import { type Cell, tableLines } from "./table.ts";

const head = ["HSM", "address", "state", "users", "keys", "logged in"];

/** What a home holds, as tables for a terminal: one a cluster. */
export function statusAsTable(status: FleetStatus, home: Home, paint: Paint): readonly string[] {
  const { clusters, unusable, missing } = status;
  if (clusters.length + unusable.length + missing.length === 0) return nothingIn(home);
  const parts = [
    ...clusters.map((cluster) => clusterTable(cluster, paint)),
    unusable.map((hsm) => paint.wrong(printable(`${placeOf(hsm)}: ${reasonOf(hsm, home)}`))),
    missing.map((address) => paint.unusual(printable(`${placeOf(address)}: not created yet`))),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .flatMap((lines, position) => [...(position > 0 ? [""] : []), ...lines]);
}

function clusterTable(cluster: ClusterStatus, paint: Paint): readonly string[] {
  const { hsms } = cluster;
  const hasRegions = hsms.some(({ region }) => region !== undefined);
  const row = (hsm: PresentHsm): readonly Cell[] => [...(hasRegions ? [hsm.region ?? ""] : []), ...rowOf(hsm)];
  return [
    printable(clusterHeading(cluster)),
    ...tableLines([...(hasRegions ? ["region"] : []), ...head], hsms.map(row), paint),
  ];
}

function rowOf(hsm: PresentHsm): readonly Cell[] {
  const logins = hsm.logins.map((login) => `${login.name} (${login.type}), shell ${shellOf(login)}`);
  return [hsm.hsmId, placeOf(hsm), "up", String(hsm.users), String(hsm.tokenKeys), logins.join("\n")];
}
