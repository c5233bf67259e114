import { isDone } from "../../../cluster/answer.ts";
import type { Server } from "../../../cluster/server.ts";
import type { CommandContext } from "../../../command/command.ts";
import { userName, userType } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";
import { parseUserType } from "../../../hsm/user.ts";

/** Deletes a user on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-deleteUser"). */
export const deleteUser = serverCommand({
  name: "deleteUser",
  parameters: [userType(), userName()],
  announcement: (dialect, { type, name }) => dialect.deletingUser(name, type),
  request: (hsm, session, { type, name }) => hsm.users.delete(session, { type, name }),
  onFailure: { undo: (hsm, session, deleted) => hsm.users.insert(session, deleted) },
  async afterwards(context, answers, { type }) {
    const asked = parseUserType(type);
    if (!answers.every(isDone) || (asked !== "CO" && asked !== "PCO")) return;
    for (const { server } of answers) await adviseOnOfficers(context, server);
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
