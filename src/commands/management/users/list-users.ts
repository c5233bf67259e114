import { command } from "../../../command/command.ts";
import { onServers } from "../../../command/on-servers.ts";

/** Lists the users of every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-listUsers"). */
export const listUsers = command({
  name: "listUsers",
  summary: "Lists the users of each HSM",
  description: "Lists the users of each HSM, so that differences show. Takes no login.",
  modes: ["global", "server"],
  parameters: [],
  run: (context) =>
    onServers(context, {
      command: "listUsers",
      request: async (server) => (await server.hsm()).users.list(),
      succeeded: (server, users) => {
        const { dialect, output } = context;
        output.print(...dialect.usersHeading(server.label, users.length), ...users.map(dialect.userRow));
      },
    }),
});
