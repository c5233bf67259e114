import type { ShellWording } from "../../command/wording.ts";

/** AWS CloudHSM User Guide, "cloudhsm_mgmt_util-getting-started", and captures of terminals. */
export const shell: ShellWording = {
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
  serverMode: "Server is in 'E2' mode...",
  disconnecting: "disconnecting from servers, please wait...",
  undocumented: "Not documented by AWS, but by the sibling shells:",
};
