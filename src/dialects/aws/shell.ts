import type { ShellWording } from "../../command/wording.ts";

/** AWS CloudHSM User Guide, "cloudhsm_mgmt_util-getting-started", and captures of terminals. */
export const shell: ShellWording = {
  prompt: "aws-cloudhsm>",
  serverPrompt: (serverId) => `server${String(serverId)}>`,
  banner: [],
  connectingHead: ["Connecting to the server(s), it may take time", "depending on the server(s) load, please wait..."],
  connecting: ({ name, hostname, port }) =>
    `Connecting to server '${name}': hostname '${hostname}', port ${String(port)}...`,
  versionExchange: [],
  connected: ({ name, hostname, port }) =>
    `Connected to server '${name}': hostname '${hostname}', port ${String(port)}.`,
  connectionFailed: ({ hostname, port }) =>
    `Connection to server ${hostname}(${hostname}) on port ${String(port)} failed:Connection timed out`,
  discovering: [],
  notConnectedAtStart: () => [],
  startFailed: "Connection to one of servers failed, exiting...",
  e2eEnabled: (label) => `E2E enabled on server ${label}`,
  e2eEnabledAtStart: (label) => [`E2E enabled on server ${label}`],
  // A user's notes on a start without the certificate of the cluster's owner.
  unencrypted: (label) => [
    "/opt/cloudhsm/etc/customerCA.crt,",
    "partition owner certificate not exist at given path",
    `Server ${label} is in unencrypted mode now...`,
    "running in limited commands mode",
    "Error: partition owner certificate doesn't exist at given path.",
    "Failed to create client ssl ctx",
    "E2E Session failed: E2E setup failed",
    "Enabling E2E failed",
  ],
  serverMode: ["", "Server is in 'E2' mode..."],
  disconnecting: ["", "disconnecting from servers, please wait..."],
  undocumented: "Not documented by AWS, but by the sibling shells:",
};
