import type { ShellWording } from "../../command/wording.ts";
import { limitedMode } from "../limited-mode.ts";

/** Azure Cloud HSM, onboarding guide of 2026-03-04: a connection without encryption end to end, and how that changes. */
export const certificates: Pick<
  ShellWording,
  "ownerCertificateMissing" | "ownerCertificateForeign" | "uninitialised" | "serverMode"
> = {
  ownerCertificateMissing: (label, path) => [
    `${path},`,
    "partition owner certificate not exist at given path",
    "",
    ...limitedMode(label),
  ],
  // The lines below the guide's are not published: those of a missing certificate.
  ownerCertificateForeign: (label) => [
    "Certificate ERROR: [ certificate signature failure ]",
    "",
    ...limitedMode(label),
  ],
  uninitialised: (label) => ["", ...limitedMode(label)],
  serverMode: (isEncrypted) => [`Server is in '${isEncrypted ? "E2E" : "Unencrypted"}' mode...`],
};
