import { file, service, userName } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";

/** Gets a token from every server in scope (AWS CloudHSM User Guide, "quorum-authentication-crypto-officers"). */
export const getToken = serverCommand({
  name: "getToken",
  parameters: [
    service(),
    userName("the officer who is logged in"),
    file("path", "<file>", "the file to write; an existing file is replaced"),
  ],
  request: (hsm, session, { service: number, name }) => hsm.tokens.issue(session, number, name),
  saved: {
    path: ({ path }) => path,
    text: ({ text }) => `${text}\n`,
    withdraw: (hsm, session, { id }) => hsm.tokens.delete(session, id),
  },
  lines: ({ dialect, server, success, value: token }) => [success, ...dialect.token(server.id, token)],
  successLine: "never",
  data: (token) => token,
});
