import { userName } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";

/** Takes the officers' power over a crypto user, and the user's keys, away (named by Azure's help and user management). */
export const disableUserAccess = serverCommand({
  name: "disableUserAccess",
  parameters: [userName("the name of a crypto user")],
  announcement: (dialect, { name }) => dialect.disablingAccess(name),
  request: (hsm, session, { name }) => hsm.users.setSwitches(session, name, { managedByOfficers: false }),
});
