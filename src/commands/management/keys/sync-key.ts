import { command } from "../../../command/command.ts";
import { copyObject } from "../../../command/copy-object.ts";
import { keyHandle, serverId } from "../../../command/parameters.ts";

/** Copies a key to another HSM (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-syncKey"). */
export const syncKey = command({
  name: "syncKey",
  summary: "Copies a key from this HSM to another one",
  description:
    "Copies a key with its owner, shares and attributes to another HSM of the same cluster or of a clone, where it " +
    "replaces the same key. Its users must be there already (syncUser). Needs a CO, or the CU that owns the key, " +
    "logged in on both HSMs.",
  example: "syncKey 262162 1",
  modes: ["server"],
  elsewhere: "enter server mode on the source HSM first (server <server ID>)",
  parameters: [keyHandle(), serverId("the server ID of the HSM to copy to", "<destination hsm>")],
  run: (context, { handle, serverId: destinationId }) =>
    copyObject(context, {
      command: "syncKey",
      destinationId,
      extract: async (source) => (await source.hsm()).keys.extract(source.session, handle),
      insert: async (destination, masked) => (await destination.hsm()).keys.insert(destination.session, masked),
      showsSteps: false,
      success: context.dialect.syncKeySuccess,
    }),
});
