import { command } from "../../../command/command.ts";
import { onServers } from "../../../command/on-servers.ts";
import { service } from "../../../command/parameters.ts";

/** Shows how many officers a service takes (AWS CloudHSM User Guide, "quorum-authentication-crypto-officers"). */
export const getMValue = command({
  name: "getMValue",
  summary: "Shows how many officers must approve for a service",
  description:
    "Shows how many officers must approve an operation of the service; 1 is nobody but who does it. Needs a CO.",
  example: "getMValue 3",
  modes: ["global", "server"],
  parameters: [service()],
  run: (context, { service: number }) =>
    onServers(context, {
      command: "getMValue",
      request: async (server) => (await server.hsm()).quorum.minimum(server.session, number),
      succeeded: ({ id }, minimum) => {
        context.output.print(context.dialect.quorumMinimum(id, minimum));
      },
    }),
});
