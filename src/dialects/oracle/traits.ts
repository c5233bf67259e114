import type { Traits } from "../../command/traits.ts";
import { foundClusterTraits } from "../found-cluster.ts";

/** OCI Dedicated KMS, pages of 2026-09-05: one host of the file is the way to all, and a node that is down stops nobody. */
export const traits: Traits = { ...foundClusterTraits, help: "names", ownerCertificate: "partitionOwnerCert.pem" };
