import { serverCommand } from "../../../command/server-command.ts";
import { tokenId } from "../../../command/parameters.ts";

/** Deletes a token (its name is that of the sibling shells; its syntax is not documented, and is of this project). */
export const delToken = serverCommand({
  name: "delToken",
  summary: "Deletes a quorum token of this login",
  description: "Deletes a token of this login on each HSM, approved or not. Needs a CO.",
  documented: false,
  example: "delToken 1",
  modes: ["global", "server"],
  parameters: [tokenId()],
  request: (hsm, session, { id }) => hsm.tokens.delete(session, id),
});
