import { command } from "../../../command/command.ts";
import { announce, onServers } from "../../../command/on-servers.ts";

/** Shows the hardware of every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-getHSMInfo"). */
export const getHsmInfo = command({
  name: "getHSMInfo",
  summary: "Shows the hardware of each HSM",
  description: "Shows hardware, firmware and memory of each HSM. Takes no login.",
  modes: ["global", "server"],
  parameters: [],
  run(context) {
    const { dialect, output } = context;
    announce(context, dialect.gettingInformation);
    return onServers(context, {
      command: "getHSMInfo",
      request: async (server) => (await server.hsm()).information(),
      succeeded: (server, information) => {
        output.print(...dialect.hsmInformation(server.id, information));
      },
    });
  },
});
