import type { HsmInformation, QuorumToken, TokenSummary } from "../hsm/hsm.ts";
import { quorumServices } from "../hsm/quorum-service.ts";
import type { Dialect, ServerState } from "./dialect.ts";

/**
 * The wording of AWS CloudHSM Client SDK 3, as its User Guide and terminal captures show it; the bytes of tables,
 * tabs included, follow the sibling build of the same code generation.
 */
export const aws: Dialect = {
  prompt: "aws-cloudhsm>",
  serverPrompt: (serverId) => `server${String(serverId)}>`,
  connectingHead: ["Connecting to the server(s), it may take time", "depending on the server(s) load, please wait..."],
  connecting: ({ name, hostname, port }) =>
    `Connecting to server '${name}': hostname '${hostname}', port ${String(port)}...`,
  connected: ({ name, hostname, port }) =>
    `Connected to server '${name}': hostname '${hostname}', port ${String(port)}.`,
  connectionFailed: ({ hostname, port }) =>
    `Connection to server ${hostname}(${hostname}) on port ${String(port)} failed:Connection timed out`,
  startFailed: "Connection to one of servers failed, exiting...",
  e2eEnabled: (label) => `E2E enabled on server ${label}`,
  disconnecting: "disconnecting from servers, please wait...",
  caution: [
    `${"*".repeat(25)}CAUTION${"*".repeat(32)}`,
    "This is a CRITICAL operation, should be done on all nodes in the",
    "cluster. AWS does NOT synchronize these changes automatically with the ",
    "nodes on which this operation is not executed or failed, please ",
    "ensure this operation is executed on all nodes in the cluster.  ",
    "*".repeat(64),
  ],
  serverMode: "Server is in 'E2' mode...",
  usersHeading: (label, count) => [
    `Users on server ${label}:`,
    `Number of users found:${String(count)}`,
    "",
    "    User Id    \t\tUser Type      \tUser Name      \t\t\t   MofnPubKey  \t LoginFailureCnt       \t 2FA",
  ],
  userRow: ({ id, type, name, quorumKey, loginFailures, twoFactor }) =>
    `${String(id).padStart(10)}     \t\t${type.padEnd(7)}\t\t${name.padEnd(39)}\t${yesNo(quorumKey).padStart(3)}` +
    `${String(loginFailures).padStart(16)}    \t       \t${yesNo(twoFactor).padStart(4)}`,
  infoHeading: "Id     \tName   \t\t\tHostname       \t Port  \tState  \t        Partition      \t LoginState",
  infoRow: (server) =>
    `${String(server.id).padEnd(7)}\t${server.name.padEnd(23)}\t${server.hostname.padEnd(16)} ` +
    `${String(server.port).padEnd(6)}\t${(server.connected ? "Connected" : "Disconnected").padEnd(15)}\t` +
    `${server.partition.padEnd(15)}\t ${loginState(server.login)}`,
  hsmInformation: (serverId, information) => [
    `${" ".repeat(16)}*** Server ${String(serverId)} HSM Info ***`,
    "",
    ...groups(information).flatMap((group) => [...group.map(field), ""]),
  ],
  syncUserSuccess: "syncUser success",
  syncKeySuccess: "syncKey success",
  certificateSuccess: "getCert Success",
  keysHeading: (label) => `Keys on server ${label}:`,
  attributesHeading: "Following are the possible attribute values for getAttribute:",
  minimumSet: (service, minimum) => `Setting M Value(${String(minimum)}) for ${String(service)}`,
  quorumMinimum: (serverId, { service, minimum }) =>
    `MValue of service ${String(quorumServices[service])}[${service}] on server ${String(serverId)} : [${String(minimum)}]`,
  token,
  tokens: ({ id, label }, summaries) => [
    "",
    "=".repeat(21),
    `    Server ${label}`,
    "=".repeat(21),
    ...summaries.flatMap((summary, position) => [
      `-------- Token - ${String(position)} ----------`,
      ...token(id, summary),
      ...progress(summary),
    ]),
    `Num of tokens = ${String(summaries.length)}`,
  ],
  listTokensSuccess: "listTokens success",
  passPhrase: "Enter PEM pass phrase:",
  authenticationDataWritten: (path) => [
    `Authentication data written to: "${path}"`,
    "Generate Base64-encoded signatures for SHA256 digests in the authentication data",
    "file. ",
    "To generate the signatures, use the RSA private key, which is the second factor of",
    "authentication for this user. Paste the signatures and the corresponding public key",
    "into the authentication data file and provide ",
    "the file path below.",
    "Leave this field blank to use the path initially provided.",
  ],
  enterFilename: "Enter filename:",
};

function token(serverId: number, { id, service, userName }: Omit<QuorumToken, "text">): readonly string[] {
  return [
    "Token:",
    `Id:${String(id)}`,
    `Service:${String(quorumServices[service])}`,
    `Node:${String(serverId)}`,
    "Key Handle:0",
    `User:${userName}`,
  ];
}

/** How far a token has come. */
function progress({ secondsLeft, required, approvers }: TokenSummary): readonly string[] {
  return [
    `Token Validity: ${String(secondsLeft)} sec`,
    `Required num of approvers : ${String(required)}`,
    `Current num of approvals : ${String(approvers.length)}`,
    ...approvers.map((name, position) => `Approver-${String(position)}: ${name}`),
  ];
}

function yesNo(value: boolean): string {
  return value ? "YES" : "NO";
}

function loginState(login: ServerState["login"]): string {
  return login === undefined ? "Not logged in" : `Logged in as '${login.name}(${login.type})'`;
}

type Field = readonly [label: string, value: string | number] | undefined;

/** Labels end at column 29, behind 8 blanks; an empty field is an empty line. */
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
