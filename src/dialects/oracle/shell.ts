import type { ShellWording } from "../../command/wording.ts";
import { foundCluster } from "../found-cluster.ts";

/**
 * OCI Dedicated KMS, pages of 2026-09-05: the start, its prompts, server mode and the end. Of a node that is not there, it
 * has the words of Azure's shell.
 */
export const shell = {
  ...foundCluster,
  banner: ["USER MGMT Util Version : 1.0.0"],
  // The first node's line stands directly below it, as on the page.
  discovering: ["Connecting to servers in the cluster."],
  reconnected: (label) => ["Received server version : 2.08.03.06", `E2E enabled on server ${label}`],
  serverMode: () => ["Server is in 'E2E' mode..."],
  disconnecting: ["disconnecting from servers, please wait..."],
} as const satisfies Partial<ShellWording>;
