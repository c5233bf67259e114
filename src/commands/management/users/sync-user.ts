import { copyCommand } from "../../../command/copy-command.ts";
import { serverId, userId } from "../../../command/parameters.ts";

/** Copies a user to another HSM (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-syncUser"). */
export const syncUser = copyCommand({
  name: "syncUser",
  parameters: [userId(), serverId("the HSM to copy to")],
  destination: ({ serverId: id }) => id,
  extract: (hsm, session, { userId: id }) => hsm.users.extract(session, id),
  insert: (hsm, session, masked) => hsm.users.insert(session, masked),
  showsSteps: true,
});
