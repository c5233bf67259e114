import type { ShellWording } from "../../command/wording.ts";
import { limitedMode } from "../limited-mode.ts";

/** What Azure's shell says of a certificate that does not fit the HSM's. */
const certificateError = "Certificate ERROR: [ certificate signature failure ]";

const failed = ["Failed to create client ssl ctx", "E2E Session failed: E2E setup failed", "Enabling E2E failed"];

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
  reconnected: (label) => [`E2E enabled on server ${label}`],
  e2eEnabled: (label) => `E2E enabled on server ${label}`,
  e2eEnabledAtStart: (label) => [`E2E enabled on server ${label}`],
  unencrypted: (label) => ownerCertificateMissing(label, "/opt/cloudhsm/etc/customerCA.crt"),
  ownerCertificateMissing,
  // Not published: Azure's line, and the end of the lines above.
  ownerCertificateForeign: (label) => [certificateError, ...limitedMode(label), ...failed],
  uninitialised: limitedMode,
  loggingOut: "logging out",
  serverMode: () => ["", "Server is in 'E2' mode..."],
  disconnecting: ["", "disconnecting from servers, please wait..."],
  undocumented: "Not documented by AWS, but by the sibling shells:",
};

/** A user's notes on a start without the certificate of the cluster's owner. */
function ownerCertificateMissing(label: string, path: string): readonly string[] {
  return [
    `${path},`,
    "partition owner certificate not exist at given path",
    ...limitedMode(label),
    "Error: partition owner certificate doesn't exist at given path.",
    ...failed,
  ];
}
