import type { Traits } from "../../command/traits.ts";
import { foundClusterTraits } from "../found-cluster.ts";

/** Azure Cloud HSM, onboarding guide of 2026-03-04: one host of the file is the way to all, and a dead one stops nobody. */
export const traits: Traits = { ...foundClusterTraits, hosts: "names", ownerCertificate: "../cert/PO.crt" };
