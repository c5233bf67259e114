import { factoryUsers } from "./factory-users.ts";
import type { Model } from "./model.ts";

/** The HSMs of AWS CloudHSM (User Guide, "limits", "loginLogout", "createUser", "quorum-authentication", getHSMInfo). */
export const aws = {
  name: "aws",
  limits: {
    userNameLength: { minimum: 1, maximum: 31 },
    hyphenInUserNames: false,
    passwordLength: { minimum: 7, maximum: 32 },
    hsms: 28,
    users: 1024,
    loginFailures: 5,
    keys: 3300,
    quorumMinimum: { minimum: 2, maximum: 8 },
    registrationToken: { minimum: 1, maximum: 245 },
    tokens: 1024,
    tokenSeconds: 600,
  },
  hardware: {
    label: "cavium",
    model: "NITROX-III CNN35XX-NFBE",
    serialNumberPrefix: "3.0A0101-ICM",
    fipsState: "2 [FIPS mode with single factor authentication]",
    totalPublicMemory: 560_596,
    memoryOfObject: 128,
    firmware: { major: "2", minor: "03", id: "CNN35XX-NFBE-FW-2.03-13", build: 13 },
    temperature: 56,
  },
  requestedName: { partition: 1, mode: "FIPS", maker: "parts" },
  factoryUsers: factoryUsers("password"),
  sameUser: "replaced",
  keyOwner: "stays",
  applianceUser: "stays",
  userRights: {},
  keyRights: {},
  certificatesFor: "everybody",
  occupancyFor: "everybody",
  ownerKey: "any",
  trust: "givenAndTaken",
} as const satisfies Model;
