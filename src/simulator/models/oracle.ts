import { aws } from "./aws.ts";
import type { Model } from "./model.ts";

/** Who owns a key, and what it is, is for its user to see. */
const notForOfficers = { CO: "NOT_AUTHORISED", PCO: "NOT_AUTHORISED" } as const;

/** The HSMs of OCI Dedicated KMS (its documentation of 2026-09-05); AWS's where nothing is published. */
export const oracle = {
  ...aws,
  name: "oracle",
  limits: { ...aws.limits, passwordLength: { minimum: 12, maximum: 32 }, hsms: 4, keys: 10_000 },
  // Its partition has BlockDeleteUserWithKeys : 0.
  keyOwner: "goesWithKeys",
  // The table of users' rights.
  occupancyFor: "officers",
  userRights: { listKeys: ["PCO", "CO"] },
  keyRights: {
    information: notForOfficers,
    attribute: notForOfficers,
    trustedAttribute: notForOfficers,
    copy: { owner: "NOT_AUTHORISED", sharee: "NOT_AUTHORISED", stranger: "NOT_AUTHORISED" },
  },
} as const satisfies Model;
