import type { ManagementOffer } from "../../../command/offer.ts";
import { anyType, credentials, name, type } from "./words.ts";

const onSource = "enter server mode on the source HSM first (server <server ID>)";

/** Users (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-createUser" and its like). */
export const users = {
  listUsers: {
    modes: ["global", "server"],
    summary: "Lists the users of each HSM",
    description: "Lists the users of each HSM, so that differences show. No login required.",
  },
  createUser: {
    modes: ["global", "server"],
    summary: "Creates a crypto officer (CO) or crypto user (CU)",
    description:
      "Creates a user on each HSM. The HSM checks name, type and password after you answer y. With -2fa, the new CO " +
      "logs in with a second factor, and approves tokens with its key. Requires a CO.",
    example: "createUser CU alice -hpswd",
    caution: "asked",
    words: { ...credentials, type: { meaning: "CO or CU; also PCO, PRECO or preCO; case matters" } },
  },
  changePswd: {
    modes: ["global", "server"],
    summary: "Sets the password of a user",
    description:
      "Sets a user's password on each HSM and unlocks the user. Users can change their own password; a CO can change " +
      "that of any CO or CU. A PRECO who changes their own password becomes a CO, which activates the cluster. -2fa " +
      "sets or replaces an officer's second factor; without -2fa, the second factor and the quorum key are removed.",
    example: "changePswd CU alice -hpswd",
    caution: "asked",
    words: { ...credentials, type: anyType },
  },
  deleteUser: {
    modes: ["global", "server"],
    summary: "Deletes a user",
    description:
      "Deletes a user on each HSM, without asking first. A user who is logged in or owns keys is not deleted. Requires " +
      "a CO.",
    example: "deleteUser CU alice",
    words: { name, type },
  },
  syncUser: {
    modes: ["server"],
    elsewhere: onSource,
    summary: "Copies a user from this HSM to another one",
    description:
      "Copies a user with their password, public key and second factor to another HSM of the same cluster or of a " +
      "clone. A user who exists there already, with the same id, type and name, gets this HSM's password. Requires a " +
      "CO who is logged in on both HSMs.",
    example: "syncUser 6 1",
  },
} as const satisfies ManagementOffer;
