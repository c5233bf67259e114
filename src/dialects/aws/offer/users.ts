import type { Offer } from "../../../command/offer.ts";
import { anyType, credentials, name, type } from "./words.ts";

const onSource = "enter server mode on the source HSM first (server <server ID>)";

/** Users (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-createUser" and its like). */
export const users = {
  listUsers: {
    modes: ["global", "server"],
    summary: "Lists the users of each HSM",
    description: "Lists the users of each HSM, so that differences show. Takes no login.",
  },
  createUser: {
    modes: ["global", "server"],
    summary: "Creates a crypto officer (CO) or crypto user (CU)",
    description:
      "Creates a user on each HSM. Only a CO may. The HSM checks name, type and password after the y. " +
      "With -2fa, a CO logs in with a second factor from then on, and approves with its key.",
    example: "createUser CU alice -hpswd",
    caution: "asked",
    words: { ...credentials, type: { meaning: "CO or CU; also PCO, PRECO or preCO; case matters" } },
  },
  changePswd: {
    modes: ["global", "server"],
    summary: "Sets the password of a user",
    description:
      "Sets a password on each HSM and unlocks the user. Everybody may set their own, a CO that of any CO or CU. " +
      "A PRECO that sets its own becomes a CO: that activates the cluster. With -2fa an officer has a second " +
      "factor from then on, or another one; without it, none any more, and no key to approve with either.",
    example: "changePswd CU alice -hpswd",
    caution: "asked",
    words: { ...credentials, type: anyType },
  },
  deleteUser: {
    modes: ["global", "server"],
    summary: "Deletes a user",
    description:
      "Deletes a user on each HSM, without a question. Only a CO may. A user that is logged in, or owns keys, stays.",
    example: "deleteUser CU alice",
    words: { name, type },
  },
  syncUser: {
    modes: ["server"],
    elsewhere: onSource,
    summary: "Copies a user from this HSM to another one",
    description:
      "Copies a user with its password, public key and second factor to another HSM of the same cluster or of a clone. A user that is there already, " +
      "with the same id, type and name, gets this HSM's password. Only a CO that is logged in on both may.",
    example: "syncUser 6 1",
  },
} as const satisfies Offer;
