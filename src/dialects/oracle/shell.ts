import type { NamedServer, ShellWording } from "../../command/wording.ts";

/** A server as the start names it. */
function place({ id, name, port }: NamedServer): string {
  return `'server ${String(id)}': hostname '${name}', port ${String(port)}...`;
}

/** OCI Dedicated KMS, pages of 2026-09-05: the start, its prompts, server mode and the end. */
export const shell: Pick<
  ShellWording,
  | "prompt"
  | "banner"
  | "connecting"
  | "connected"
  | "discovering"
  | "connectionFailed"
  | "notConnectedAtStart"
  | "e2eEnabledAtStart"
  | "reconnected"
  | "serverMode"
  | "disconnecting"
> = {
  prompt: "cloudmgmt>",
  banner: ["USER MGMT Util Version : 1.0.0"],
  connecting: (server) => `Connecting to ${place(server)}`,
  connected: (server) => `Connected to ${place(server)}`,
  // The first node's line stands directly below it, as on the page.
  discovering: ["Connecting to servers in the cluster."],
  // Of a node that is not there, another build of the shell has these words.
  connectionFailed: ({ name, port }) => `Connetion to server ${name}(${name}) on port ${String(port)} failed`,
  notConnectedAtStart: (label) => ["", `Server ${label} is not connected`],
  reconnected: (label) => ["Received server version : 2.08.03.06", `E2E enabled on server ${label}`],
  e2eEnabledAtStart: (label) => ["", `E2E enabled on server ${label}`],
  serverMode: () => ["Server is in 'E2E' mode..."],
  disconnecting: ["disconnecting from servers, please wait..."],
};
