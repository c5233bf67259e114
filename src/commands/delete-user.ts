import { command } from "./command.ts";
import { retryRollBackIgnore } from "./conversation.ts";
import { announce, onServers } from "./on-servers.ts";
import { userName, userType } from "./parameters.ts";

/** Deletes a user on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-deleteUser"). */
export const deleteUser = command({
  name: "deleteUser",
  summary: "Deletes a user",
  description:
    "Deletes a user on each HSM, without a question. Only a CO may. A user that is logged in, or owns keys, stays.",
  example: "deleteUser CU alice",
  modes: ["global", "server"],
  parameters: [userType(), userName()],
  async run(context, { type, name }) {
    announce(context, context.dialect.deletingUser(name, type));
    return onServers(context, {
      command: "deleteUser",
      request: async (server) => (await server.hsm()).users.delete(server.session, { type, name }),
      question: retryRollBackIgnore,
      undo: async (server, deleted) => {
        await (await server.hsm()).users.insert(server.session, deleted);
      },
    });
  },
});
