import { serverCommand } from "../../../command/server-command.ts";

/** Lists the tokens of every server in scope (AWS CloudHSM User Guide, "quorum-authentication-crypto-officers"). */
export const listTokens = serverCommand({
  name: "listTokens",
  parameters: [],
  request: (hsm, session) => hsm.tokens.list(session),
  lines: ({ dialect, server, value: tokens }) => dialect.tokens(server, tokens),
  successLine: "never",
  closing: ({ command, dialect }) => ["", dialect.succeeded(command)],
  data: (tokens) => tokens,
});
