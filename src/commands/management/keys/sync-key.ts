import { copyCommand } from "../../../command/copy-command.ts";
import { keyHandle, serverId } from "../../../command/parameters.ts";

/** Copies a key to another HSM (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-syncKey"). */
export const syncKey = copyCommand({
  name: "syncKey",
  summary: "Copies a key from this HSM to another one",
  description:
    "Copies a key with its owner, shares and attributes to another HSM of the same cluster or of a clone, where it " +
    "replaces the same key. Its users must be there already (syncUser). Needs a CO, or the CU that owns the key, " +
    "logged in on both HSMs.",
  example: "syncKey 262162 1",
  parameters: [keyHandle(), serverId("the server ID of the HSM to copy to", "<destination hsm>")],
  destination: ({ serverId: id }) => id,
  extract: (hsm, session, { handle }) => hsm.keys.extract(session, handle),
  insert: (hsm, session, masked) => hsm.keys.insert(session, masked),
  showsSteps: false,
});
