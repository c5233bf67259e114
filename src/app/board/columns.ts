import type { HsmColumn } from "../../endpoint/board/snapshot.ts";
import type { NumberedServer, Relative } from "../../fleet/compare/relative.ts";
import { type SetFault, isAt, isOver } from "../../fleet/faults/fault.ts";
import type { HsmNotUp } from "../../fleet/hsm-states.ts";
import { type Address, addressText, isSameAddress } from "../../store/address.ts";
import { printable } from "../../text/printable.ts";

/** A column, and its place among others. */
export interface PlacedColumn {
  readonly column: HsmColumn;
  /** The number of the server; those that no configuration lists come last. */
  readonly order: number;
}

/** The column of an HSM that is up. */
export function columnOf(hsm: Relative, faults: readonly SetFault[]): PlacedColumn {
  const { hsmId, clusterId, server, logins } = hsm;
  const users = new Set(logins.map(({ name, type }) => printable(`${name} (${type})`)));
  return placed({ hsmId, clusterId, state: "up", logins: [...users] }, hsm, server, faults);
}

/** The column of an HSM that is stopped or destroyed. */
export function columnOfGone(
  hsm: HsmNotUp,
  servers: readonly NumberedServer[],
  faults: readonly SetFault[],
): PlacedColumn {
  const { hsmId, clusterId, state } = hsm;
  const server = servers.find((each) => isSameAddress(each, hsm));
  return placed({ hsmId, clusterId, state, logins: [] }, hsm, server, faults);
}

function placed(
  hsm: Pick<HsmColumn, "hsmId" | "clusterId" | "state" | "logins">,
  address: Address,
  server: NumberedServer | undefined,
  faults: readonly SetFault[],
): PlacedColumn {
  const now = Date.now();
  return {
    order: server?.number ?? Number.MAX_SAFE_INTEGER,
    column: {
      ...hsm,
      address: printable(addressText(address).replace(/:2225$/, "")),
      ...(server === undefined ? {} : { server: `server ${String(server.number)}` }),
      faults: faults.filter((fault) => isAt(fault, address) && !isOver(fault, now)).map(({ id }) => id),
    },
  };
}
