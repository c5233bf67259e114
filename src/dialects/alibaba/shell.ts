import { shell as aws } from "../aws/shell.ts";
import type { ShellWording } from "../../command/wording.ts";

/** Alibaba Cloud HSM, pages "server", "getcert" and "quit" of 2026-03-31: the prompts and the end. */
export const shell = {
  prompt: "cloudmgmt>",
  // As AWS's client of the same generation says it, with the path at which Alibaba's guide has the certificate.
  unencrypted: (label) => aws.ownerCertificateMissing(label, "/opt/hsm/etc/issuerCA.crt"),
  serverMode: (isEncrypted) => [`Server is in '${isEncrypted ? "E2E" : "Unencrypted"}' mode...`, ""],
  // Two of Alibaba's pages show it; one of them has a blank line above.
  disconnecting: ["disconnecting from servers, please wait..."],
  undocumented: "Not documented by Alibaba, but by the sibling shells:",
} as const satisfies Partial<ShellWording>;
