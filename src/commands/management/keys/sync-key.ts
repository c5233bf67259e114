import { copyCommand } from "../../../command/copy-command.ts";
import { keyHandle, serverId } from "../../../command/parameters.ts";

/** Copies a key to another HSM (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-syncKey"). */
export const syncKey = copyCommand({
  name: "syncKey",
  parameters: [keyHandle(), serverId("the server ID of the HSM to copy to")],
  destination: ({ serverId: id }) => id,
  extract: (hsm, session, { handle }) => hsm.keys.extract(session, handle),
  insert: (hsm, session, masked) => hsm.keys.insert(session, masked),
  showsSteps: false,
});
