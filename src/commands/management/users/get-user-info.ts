import { command } from "../../../command/command.ts";
import { announce } from "../../../command/on-servers.ts";
import { outputFile, userName } from "../../../command/parameters.ts";
import { report } from "../../../command/report.ts";

/** Shows one user on every server in scope (a command of the sibling shells, Oracle's wording). */
export const getUserInfo = command({
  name: "getUserInfo",
  summary: "Shows one user on each HSM",
  description: "Shows id, type and wrong passwords of one user on each HSM. Takes no login.",
  example: "getUserInfo billing",
  documented: false,
  modes: ["global", "server"],
  parameters: [userName(), outputFile()],
  run(context, { name, file }) {
    announce(context, context.dialect.showingUser(name));
    return report(context, {
      command: "getUserInfo",
      request: async (server) => (await server.hsm()).users.find(name),
      lines: (server, user) => context.dialect.user(server.label, user),
      confirmed: true,
      file,
    });
  },
});
