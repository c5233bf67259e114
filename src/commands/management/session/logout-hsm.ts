import { command } from "../../../command/command.ts";
import { onServers } from "../../../command/on-servers.ts";

/** Logs out on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-loginLogout"). */
export const logoutHsm = command({
  name: "logoutHSM",
  summary: "Logs out of the HSMs",
  modes: ["global", "server"],
  parameters: [],
  run: (context) =>
    onServers(context, {
      command: "logoutHSM",
      request: async (server) => {
        await (await server.hsm()).logins.logout(server.session);
        server.remember(undefined);
      },
    }),
});
