import { outputFile, userName } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";

/** Shows one user on every server in scope (a command of the sibling shells, Oracle's wording). */
export const getUserInfo = serverCommand({
  name: "getUserInfo",
  parameters: [userName(), outputFile()],
  announcement: (dialect, { name }) => dialect.showingUser(name),
  request: (hsm, _session, { name }) => hsm.users.find(name),
  lines: ({ dialect, server, value: user }) => dialect.user(server.label, user),
  outputFile: ({ file }) => file,
  data: (user) => user,
});
