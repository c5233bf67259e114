import type { ManagementOffer } from "../../../command/offer.ts";
import { listed } from "./global.ts";
import { ofServer } from "./server.ts";

/** The commands of OCI Dedicated KMS, in the order in which help lists them. */
export const offer: ManagementOffer = { ...listed, ...ofServer };
