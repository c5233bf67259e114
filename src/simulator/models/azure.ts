import { aws } from "./aws.ts";
import { factoryUsers } from "./factory-users.ts";
import type { Model } from "./model.ts";

/** The HSMs of Azure Cloud HSM (service limits, user management and onboarding guide of 2026); AWS's where nothing is published. */
export const azure = {
  ...aws,
  name: "azure",
  limits: { ...aws.limits, passwordLength: { minimum: 8, maximum: 32 }, hyphenInUserNames: true, hsms: 3, keys: 3200 },
  // Onboarding guide, p34: not in FIPS mode unless that was chosen; the words are those of AWS's newer tool.
  hardware: { ...aws.hardware, fipsState: "0 [non-FIPS mode with single factor authentication]" },
  // Onboarding guide, p21, as openssl prints it: C = US + ST = CA + …, CN = …
  requestedName: { partition: 22, mode: "non-FIPS", maker: "onePart" },
  factoryUsers: factoryUsers("tenantadmin"),
  sameUser: "refused",
  // Onboarding guide, p19: RSA 2048 only.
  ownerKey: "rsa2048",
  // Onboarding guide, p32: "Customers must use 134 1. No other values."
  trust: "given",
} as const satisfies Model;
