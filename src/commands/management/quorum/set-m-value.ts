import { command } from "../../../command/command.ts";
import { confirm, retryIgnoreAbort } from "../../../command/questions.ts";
import { announce, onServers, success } from "../../../command/on-servers.ts";
import { number, service } from "../../../command/parameters.ts";

/** Sets how many officers a service takes (AWS CloudHSM User Guide, "quorum-authentication-crypto-officers"). */
export const setMValue = command({
  name: "setMValue",
  summary: "Sets how many officers must approve for a service",
  description:
    "Sets how many officers must approve an operation of the service: 2 to 8, and no more than there are. Takes an " +
    "approved token of service 4 where that has a minimum; for service 3 that must be as high as the one of service 3. Needs a CO.",
  example: "setMValue 3 2",
  modes: ["global", "server"],
  parameters: [service(), number("minimum", "<m>", "2 to 8 officers")],
  async run(context, { service: serviceNumber, minimum }) {
    const { cluster, dialect, output } = context;
    if (!(await confirm(context, "setMValue"))) return "failed";
    announce(context, dialect.minimumSet(serviceNumber, minimum));
    return onServers(context, {
      command: "setMValue",
      request: async (server) => (await server.hsm()).quorum.setMinimum(server.session, serviceNumber, minimum),
      succeeded: (server) => {
        // The guide shows the line above and no other; in server mode, where that is left out, this one says it.
        if (cluster.mode === "server") output.print(success(context, "setMValue", server));
      },
      question: retryIgnoreAbort,
    });
  },
});
