import { type Traits, usualTraits } from "../../command/traits.ts";

/** Azure Cloud HSM, onboarding guide of 2026-03-04: one host of the file is the way to all, and a dead one stops nobody. */
export const traits: Traits = {
  ...usualTraits,
  // Its end is not published: without the host of the file there is no cluster.
  unreachableAtStart: "endsAtFirst",
  discovery: "fromFirst",
  label: "address",
  encryptionTold: "behindEach",
  serverDown: "passedOver",
  ownerCertificate: "../cert/PO.crt",
};
