import type { HsmInformation } from "../../hsm/hsm.ts";
import type { HardwareWording, ServerState } from "../../command/wording.ts";

/**
 * AWS CloudHSM User Guide, "cloudhsm_mgmt_util-info" and "-getHSMInfo"; the bytes of tables, tabs included, follow the
 * sibling build of the same code generation, as do the commands that AWS does not document.
 */
export const hardware: HardwareWording = {
  info: (servers) => [
    "Id     \tName   \t\t\tHostname       \t Port  \tState  \t        Partition      \t LoginState",
    ...servers.map(infoRow),
  ],
  gettingInformation: "Getting HSM Info",
  hsmInformation: (serverId, information) => [
    `${" ".repeat(16)}*** Server ${String(serverId)} HSM Info ***`,
    "",
    ...groups(information).flatMap((group) => [...group.map(field), ""]),
  ],
  clusterInformation: (label, members) => [
    "",
    `Cluster info from server ${label}:`,
    memberRow("Node Id", "Hostname", "Port"),
    // The sibling that shows this counts nodes from 1, though its server 0 is node 1.
    ...members.map(({ id, hostname, port, node = id + 1 }) => memberRow(String(node), hostname, String(port))),
  ],
  partitionInformation: (serverId, hsmId, { fipsState, partition }) =>
    partitionRows(serverId, hsmId, fipsState, partition).map(partitionRow),
};

function infoRow(server: ServerState): string {
  return (
    `${String(server.id).padEnd(7)}\t${server.name.padEnd(23)}\t${server.hostname.padEnd(16)} ` +
    `${String(server.port).padEnd(6)}\t${(server.connected ? "Connected" : "Disconnected").padEnd(15)}\t` +
    `${server.partition.padEnd(15)}\t ${loginState(server.login)}`
  );
}

function memberRow(node: string, hostname: string, port: string): string {
  return [node, hostname, port].join("\t\t");
}

type PartitionRow = readonly [label: string, value: string | number];

function partitionRows(
  serverId: number,
  hsmId: string,
  fipsState: string,
  partition: HsmInformation["partition"],
): readonly PartitionRow[] {
  return [
    ["name", hsmId],
    ["status", "occupied"],
    ["FIPS state", fipsState],
    ["MaxUsers", partition.maxUsers],
    ["AvailableUsers", partition.maxUsers - partition.users],
    ["MaxKeys", partition.maxKeys],
    ["OccupiedTokenKeys", partition.tokenKeys],
    ["OccupiedSessionKeys", partition.sessionKeys],
    ["SessionCount", partition.sessions],
    ["MaxPswdLen", partition.passwordLength.maximum],
    ["MinPswdLen", partition.passwordLength.minimum],
    ["BlockDeleteUserWithKeys", 1],
    ["Node ID", serverId],
    ...Object.entries(partition.minimums).map(([service, m]): PartitionRow => [`MValue[${service.padStart(18)}]`, m]),
  ];
}

/** Numbers end in one column, texts begin after the colon. */
function partitionRow([label, value]: PartitionRow): string {
  const text = typeof value === "number" ? String(value).padStart(5) : value;
  return `${label.padEnd(28)}:${text}`;
}

function loginState(login: ServerState["login"]): string {
  return login === undefined ? "Not logged in" : `Logged in as '${login.name}(${login.type})'`;
}

type Field = readonly [label: string, value: string | number] | undefined;

/** Labels end at column 29, after 8 spaces; an empty field is an empty line. */
function field(entry: Field): string {
  if (entry === undefined) return "";
  const [label, value] = entry;
  return `${" ".repeat(8)}${label.padEnd(21)}:${String(value)}`;
}

/** getHSMInfo's fields in their groups (AWS CloudHSM User Guide, getHSMInfo). */
function groups(information: HsmInformation): readonly (readonly Field[])[] {
  const { firmware } = information;
  return [
    [
      ["Label", information.label],
      ["Model", information.model],
    ],
    [
      ["Serial Number", information.serialNumber],
      ["HSM Flags", 0],
      ["FIPS state", information.fipsState],
    ],
    [
      ["Manufacturer ID", ""],
      ["Device ID", 10],
      ["Class Code", 100000],
      ["System vendor ID", "177D"],
      ["SubSystem ID", 10],
      undefined,
    ],
    [
      ["TotalPublicMemory", information.totalPublicMemory],
      ["FreePublicMemory", information.freePublicMemory],
      ["TotalPrivateMemory", 0],
      ["FreePrivateMemory", 0],
    ],
    [
      ["Hardware Major", 3],
      ["Hardware Minor", 0],
    ],
    [
      ["Firmware Major", firmware.major],
      ["Firmware Minor", firmware.minor],
    ],
    [["Temperature", `${String(information.temperature)} C`]],
    [["Build Number", firmware.build]],
    [["Firmware ID", firmware.id]],
  ];
}
