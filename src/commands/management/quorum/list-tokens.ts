import { serverCommand } from "../../../command/server-command.ts";

/** Lists the tokens of every server in scope (AWS CloudHSM User Guide, "quorum-authentication-crypto-officers"). */
export const listTokens = serverCommand({
  name: "listTokens",
  summary: "Lists the quorum tokens of each HSM and who approved them",
  description:
    "Lists the tokens of each HSM: whose they are, for how many seconds they can be approved, and who approved them. An " +
    "approval by an officer who was deleted or has another key by now does not count, and is not shown. Needs a CO.",
  modes: ["global", "server"],
  parameters: [],
  request: (hsm, session) => hsm.tokens.list(session),
  lines: ({ dialect, server, value: tokens }) => dialect.tokens(server, tokens),
  successLine: "never",
  closing: ({ command, dialect }) => ["", dialect.succeeded(command)],
  data: (tokens) => tokens,
});
