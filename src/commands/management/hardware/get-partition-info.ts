import { command } from "../../../command/command.ts";
import { onServers, success } from "../../../command/on-servers.ts";

/** Shows limits and occupancy of this server's HSM (a command of the sibling shells, Oracle's wording). */
export const getPartitionInfo = command({
  name: "getPartitionInfo",
  summary: "Shows limits and occupancy of this HSM",
  description: "Shows how many users, keys and sessions this HSM has, and has room for. Takes no login.",
  documented: false,
  modes: ["server"],
  parameters: [],
  run(context) {
    return onServers(context, {
      command: "getPartitionInfo",
      request: async (server) => {
        const hsm = await server.hsm();
        return { id: hsm.identity.id, ...(await hsm.information()) };
      },
      succeeded: (server, { id, ...information }) => {
        const { dialect, output } = context;
        output.print(...dialect.partitionInformation(server.id, id, information));
        output.print(success(context, "getPartitionInfo", server));
      },
    });
  },
});
