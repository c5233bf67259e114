import { serverCommand } from "../../../command/server-command.ts";
import { service } from "../../../command/parameters.ts";

/** Shows how many officers a service takes (AWS CloudHSM User Guide, "quorum-authentication-crypto-officers"). */
export const getMValue = serverCommand({
  name: "getMValue",
  parameters: [service()],
  request: (hsm, session, { service: number }) => hsm.quorum.minimum(session, number),
  lines: ({ dialect, server, value: minimum }) => [dialect.quorumMinimum(server.id, minimum)],
  successLine: "never",
  data: (minimum) => minimum,
});
