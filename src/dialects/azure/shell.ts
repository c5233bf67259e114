import type { ShellWording } from "../../command/wording.ts";
import { foundCluster } from "../found-cluster.ts";
import { certificates } from "./certificates.ts";

/** What shell and HSMs of the captures call their version. */
export const version = "2.09.07.02";
/** That of the captures; packages up to 2.0.2.5 show the same otherwise. */
export const sdkPackage = "2.0.1.0";

const versions = [
  ["Liquidsec MGMT Util Version", version],
  ["SDK API Version", version],
  ["SDK Package Version", sdkPackage],
] as const;

const versionExchange = [
  `Received server version : ${version}, SDK version: ${version}, SDK Package Version: ${sdkPackage}`,
];

/** Azure Cloud HSM, onboarding guide of 2026-03-04: the start and its prompts. */
export const shell = {
  ...foundCluster,
  banner: [...versions.map(([what, number]) => `${what.padEnd(40)}:        ${number}`), ""],
  versionExchange,
  reconnected: (label) => [...versionExchange, `E2E enabled on server ${label}`],
  discovering: ["", "Connecting to servers in the cluster.", ""],
  unencrypted: (label) => certificates.ownerCertificateMissing(label, "/opt/azurecloudhsm/cert/PO.crt"),
} as const satisfies Partial<ShellWording>;
