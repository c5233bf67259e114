import { type Traits, usualTraits } from "../command/traits.ts";
import type { NamedServer, ShellWording } from "../command/wording.ts";

/** A server as its start names it: by the address that its name in the file resolves to, which is its name here. */
function place({ id, name, port }: NamedServer): string {
  return `'server ${String(id)}': hostname '${name}', port ${String(port)}...`;
}

/**
 * How a start goes where one host of the file is the way to all of its cluster: in the later builds of the shell, Azure's
 * and Oracle's.
 */
export const foundCluster = {
  prompt: "cloudmgmt>",
  connecting: (server) => `Connecting to ${place(server)}`,
  connected: (server) => `Connected to ${place(server)}`,
  // The spelling is the tool's.
  connectionFailed: ({ name, port }) => `Connetion to server ${name}(${name}) on port ${String(port)} failed`,
  notConnectedAtStart: (label) => ["", `Server ${label} is not connected`],
  e2eEnabledAtStart: (label) => ["", `E2E enabled on server ${label}`],
} as const satisfies Partial<ShellWording>;

/** What such a shell does: a node that is down stops nobody, but for the host of the file. */
export const foundClusterTraits: Traits = {
  ...usualTraits,
  // Its end is not published: without the host of the file there is no cluster.
  unreachableAtStart: "endsAtFirst",
  discovery: "fromFirst",
  label: "address",
  encryptionTold: "behindEach",
  serverDown: "passedOver",
  missingAnswer: "atTheEndToo",
};
