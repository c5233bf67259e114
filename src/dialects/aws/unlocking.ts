import type { UnlockingWording } from "../../command/wording.ts";

/** The siblings' wording, AWS having none: OCI Dedicated KMS, pages of getChallenge and unlockCO; unlockUser's for the latter's. */
export const unlocking: UnlockingWording = {
  gettingChallenge: "getChallenge",
  unlockingOfficer: (name) => `UnlockCO ${name}`,
  nodeOf: (serverId) => serverId,
};
