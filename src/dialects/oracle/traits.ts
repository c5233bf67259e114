import { type Traits, usualTraits } from "../../command/traits.ts";

/** OCI Dedicated KMS, pages of 2026-09-05: one host of the file is the way to all, and a node that is down stops nobody. */
export const traits: Traits = {
  ...usualTraits,
  unreachableAtStart: "endsAtFirst",
  discovery: "fromFirst",
  label: "address",
  encryptionTold: "behindEach",
  serverDown: "passedOver",
  help: "names",
};
