import { serverCommand } from "../../../command/server-command.ts";

/** Lists the users of every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-listUsers"). */
export const listUsers = serverCommand({
  name: "listUsers",
  parameters: [],
  request: (hsm) => hsm.users.list(),
  lines: ({ dialect, server, value: users }) => [
    ...dialect.usersHeading(server.label, users.length),
    ...users.map(dialect.userRow),
  ],
  successLine: "never",
  data: (users) => users,
});
