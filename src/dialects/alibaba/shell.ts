import type { ShellWording } from "../../command/wording.ts";

/** Alibaba Cloud HSM, pages "server", "getcert" and "quit" of 2026-03-31: the prompts and the end. */
export const shell = {
  prompt: "cloudmgmt>",
  // As AWS's client of the same generation says it, with the path at which Alibaba's guide has the certificate.
  unencrypted: (label) => [
    "/opt/hsm/etc/issuerCA.crt,",
    "partition owner certificate not exist at given path",
    `Server ${label} is in unencrypted mode now...`,
    "running in limited commands mode",
    "Error: partition owner certificate doesn't exist at given path.",
    "Failed to create client ssl ctx",
    "E2E Session failed: E2E setup failed",
    "Enabling E2E failed",
  ],
  serverMode: ["Server is in 'E2E' mode...", ""],
  // Two of Alibaba's pages show it; one of them has a blank line above.
  disconnecting: ["disconnecting from servers, please wait..."],
  undocumented: "Not documented by Alibaba, but by the sibling shells:",
} as const satisfies Partial<ShellWording>;
