import { aws } from "./aws.ts";
import type { Model } from "./model.ts";

/** The HSMs of Azure Cloud HSM (service limits, user management and onboarding guide of 2026); AWS's where nothing is published. */
export const azure = {
  ...aws,
  name: "azure",
  limits: { ...aws.limits, passwordLength: { minimum: 8, maximum: 32 }, hyphenInUserNames: true, hsms: 3, keys: 3200 },
  requestedName: { partition: 22, mode: "non-FIPS" },
  factoryUsers: [
    { id: 1, type: "PRECO", name: "admin", password: "tenantadmin" },
    { id: 2, type: "AU", name: "app_user", password: undefined },
  ],
  sameUser: "refused",
  // Onboarding guide, p32: "Customers must use 134 1. No other values."
  trust: "given",
} as const satisfies Model;
