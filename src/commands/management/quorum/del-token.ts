import { serverCommand } from "../../../command/server-command.ts";
import { tokenId } from "../../../command/parameters.ts";

/** Deletes a token (its name is that of the sibling shells; its syntax is not documented, and is of this project). */
export const delToken = serverCommand({
  name: "delToken",
  parameters: [tokenId()],
  request: (hsm, session, { id }) => hsm.tokens.delete(session, id),
});
