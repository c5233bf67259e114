import type { Server } from "../../../cluster/server.ts";
import { parseUserType } from "../../../hsm/user.ts";
import { type CommandContext, command } from "../../../command/command.ts";
import { retryRollBackIgnore } from "../../../command/questions.ts";
import { announce, onServers } from "../../../command/on-servers.ts";
import { userName, userType } from "../../../command/parameters.ts";

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
    const outcome = await onServers(context, {
      command: "deleteUser",
      request: async (server) => (await server.hsm()).users.delete(server.session, { type, name }),
      question: retryRollBackIgnore,
      undo: async (server, deleted) => {
        await (await server.hsm()).users.insert(server.session, deleted);
      },
    });
    const asked = parseUserType(type);
    if (outcome === "done" && (asked === "CO" || asked === "PCO")) {
      for (const server of context.cluster.scope) await adviseOnOfficers(context, server);
    }
    return outcome;
  },
});

/** Nothing keeps officers from becoming too few to approve of anything: at least it is said. */
async function adviseOnOfficers({ advise, dialect }: CommandContext, server: Server): Promise<void> {
  const hsm = await server.hsm();
  const officers = (await hsm.users.list()).filter(({ type }) => type === "CO" || type === "PCO");
  const { minimums } = (await hsm.information()).partition;
  for (const service of ["USER_MGMT", "MISC_CO"] as const) {
    if (officers.length >= minimums[service]) continue;
    advise(dialect.officersBelowMinimum(server.label, officers.length, { service, minimum: minimums[service] }));
  }
}
