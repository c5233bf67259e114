import { copyCommand } from "../../../command/copy-command.ts";
import { serverId, userId } from "../../../command/parameters.ts";

/** Copies a user to another HSM (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-syncUser"). */
export const syncUser = copyCommand({
  name: "syncUser",
  summary: "Copies a user from this HSM to another one",
  description:
    "Copies a user with its password, public key and second factor to another HSM of the same cluster or of a clone. A user that is there already, " +
    "with the same id, type and name, gets this HSM's password. Only a CO that is logged in on both may.",
  example: "syncUser 6 1",
  parameters: [userId(), serverId("the HSM to copy to")],
  destination: ({ serverId: id }) => id,
  extract: (hsm, session, { userId: id }) => hsm.users.extract(session, id),
  insert: (hsm, session, masked) => hsm.users.insert(session, masked),
  showsSteps: true,
});
