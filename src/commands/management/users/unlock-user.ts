import { userName } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";

/** Lets a locked crypto user log in again (a command of the sibling shells, Oracle's wording). */
export const unlockUser = serverCommand({
  name: "unlockUser",
  parameters: [userName("the name of a crypto user whom wrong passwords have locked")],
  announcement: (dialect, { name }) => dialect.unlockingUser(name),
  request: (hsm, session, { name }) => hsm.users.unlock(session, name),
});
