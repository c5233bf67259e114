import { partitionRows } from "./partition.ts";
import type { HardwareWording, ServerState } from "../../command/wording.ts";

/** OCI Dedicated KMS, pages of info and getPartitionInfo. */
export const hardware: Pick<HardwareWording, "info" | "partitionInformation"> = {
  info: (servers) => [
    "",
    row(["Id", "Hostname", "Port", "State", "Partition", "LoginState"]),
    "",
    ...servers.map((server) =>
      row([
        String(server.id),
        server.hostname,
        String(server.port),
        server.connected ? "Connected" : "Disconnected",
        server.partition,
        loginState(server.login),
      ]),
    ),
    "",
  ],
  partitionInformation: (serverId, hsmId, { fipsState, partition }) =>
    partitionRows(serverId, hsmId, fipsState, partition),
};

/** Columns 0, 7, 27, 35, 50 and 67. */
const widths = [7, 20, 8, 15, 17, 0] as const;

function row(cells: readonly string[]): string {
  return cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("");
}

function loginState(login: ServerState["login"]): string {
  return login === undefined ? "Not logged in" : `Logged in as '${login.name}(${login.type})'`;
}
