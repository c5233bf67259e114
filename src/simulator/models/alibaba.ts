import { aws } from "./aws.ts";
import type { Model } from "./model.ts";

/** Officers and the appliance user are refused: it is for crypto users alone. */
const notForOfficers = { CO: "NOT_AUTHORISED", PCO: "NOT_AUTHORISED", AU: "NOT_AUTHORISED" } as const;

/** The HSMs of Alibaba Cloud HSM, of the generation of AWS's (package 2.03.15.10, pages of 2026-03-31); AWS's where nothing is published. */
export const alibaba = {
  ...aws,
  name: "alibaba",
  hardware: { ...aws.hardware, firmware: { major: "2", minor: "04", id: "CNN35XX-NFBE-FW-2.04-52", build: 52 } },
  // Page "deleteuser": its user type is CO, CU or AU.
  applianceUser: "goes",
  // The table of users' rights.
  userRights: { setOwnPassword: ["PRECO", "PCO", "CO", "CU"] },
  keyRights: {
    information: notForOfficers,
    trustedAttribute: notForOfficers,
    setTrusted: { ...notForOfficers, owner: "yes", sharee: "KEY_ACCESS_DENIED", stranger: "KEY_ACCESS_DENIED" },
  },
  certificatesFor: "loggedIn",
} as const satisfies Model;
