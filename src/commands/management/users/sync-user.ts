import { command } from "../../../command/command.ts";
import { copyObject } from "../../../command/copy-object.ts";
import { serverId, userId } from "../../../command/parameters.ts";

/** Copies a user to another HSM (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-syncUser"). */
export const syncUser = command({
  name: "syncUser",
  summary: "Copies a user from this HSM to another one",
  description:
    "Copies a user with its password, public key and second factor to another HSM of the same cluster or of a clone. A user that is there already, " +
    "with the same id, type and name, gets this HSM's password. Only a CO that is logged in on both may.",
  example: "syncUser 6 1",
  modes: ["server"],
  elsewhere: "enter server mode on the source HSM first (server <server ID>)",
  parameters: [userId(), serverId("the HSM to copy to")],
  run: (context, { userId: id, serverId: destinationId }) =>
    copyObject(context, {
      command: "syncUser",
      destinationId,
      extract: async (source) => (await source.hsm()).users.extract(source.session, id),
      insert: async (destination, masked) => (await destination.hsm()).users.insert(destination.session, masked),
      showsSteps: true,
      success: context.dialect.syncUserSuccess,
    }),
});
