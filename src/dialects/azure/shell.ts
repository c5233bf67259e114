import type { NamedServer, ShellWording } from "../../command/wording.ts";

const version = "2.09.07.02";
/** That of the captures; packages up to 2.0.2.5 show the same otherwise. */
const sdkPackage = "2.0.1.0";

const versions = [
  ["Liquidsec MGMT Util Version", version],
  ["SDK API Version", version],
  ["SDK Package Version", sdkPackage],
] as const;

/** A server as its start names it: by the address that its name in the file resolves to, which is its name here. */
function place({ id, name, port }: NamedServer): string {
  return `'server ${String(id)}': hostname '${name}', port ${String(port)}...`;
}

/** Azure Cloud HSM, onboarding guide of 2026-03-04: the start and its prompts. */
export const shell: Pick<
  ShellWording,
  | "prompt"
  | "banner"
  | "connectingHead"
  | "connecting"
  | "versionExchange"
  | "connected"
  | "discovering"
  | "connectionFailed"
  | "notConnectedAtStart"
  | "e2eEnabledAtStart"
  | "unencrypted"
> = {
  prompt: "cloudmgmt>",
  banner: [...versions.map(([what, number]) => `${what.padEnd(40)}:        ${number}`), ""],
  connectingHead: ["Connecting to the server(s), it may take time", "depending on the server(s) load, please wait..."],
  connecting: (server) => `Connecting to ${place(server)}`,
  versionExchange: [
    `Received server version : ${version}, SDK version: ${version}, SDK Package Version: ${sdkPackage}`,
  ],
  connected: (server) => `Connected to ${place(server)}`,
  discovering: ["", "Connecting to servers in the cluster.", ""],
  // The spelling is the tool's.
  connectionFailed: ({ name, port }) => `Connetion to server ${name}(${name}) on port ${String(port)} failed`,
  notConnectedAtStart: (label) => ["", `Server ${label} is not connected`],
  e2eEnabledAtStart: (label) => ["", `E2E enabled on server ${label}`],
  unencrypted: (label) => [
    "/opt/azurecloudhsm/cert/PO.crt,",
    "partition owner certificate not exist at given path",
    "",
    `Server ${label} is in unencrypted mode now...`,
    "running in limited commands mode",
  ],
};
