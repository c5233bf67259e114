import { command } from "../../../command/command.ts";
import { onServers } from "../../../command/on-servers.ts";

/** Lists the tokens of every server in scope (AWS CloudHSM User Guide, "quorum-authentication-crypto-officers"). */
export const listTokens = command({
  name: "listTokens",
  summary: "Lists the quorum tokens of each HSM and who approved them",
  description:
    "Lists the tokens of each HSM: whose they are, for how many seconds they can be approved, and who approved them. An " +
    "approval by an officer who was deleted or has another key by now does not count, and is not shown. Needs a CO.",
  modes: ["global", "server"],
  parameters: [],
  async run(context) {
    const { dialect, output } = context;
    const outcome = await onServers(context, {
      command: "listTokens",
      request: async (server) => (await server.hsm()).tokens.list(server.session),
      succeeded: (server, tokens) => {
        output.print(...dialect.tokens(server, tokens));
      },
    });
    if (outcome === "done") output.print("", dialect.listTokensSuccess);
    return outcome;
  },
});
