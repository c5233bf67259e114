import { aws } from "./aws.ts";
import type { Model } from "./model.ts";

/** The HSMs of OCI Dedicated KMS (its documentation of 2026-09-05); AWS's where nothing is published. */
export const oracle = {
  ...aws,
  name: "oracle",
  limits: { ...aws.limits, passwordLength: { minimum: 12, maximum: 32 }, hsms: 4, keys: 10_000 },
} as const satisfies Model;
