import type { UserSummary } from "../../../hsm/user.ts";
import { askServers, serverList } from "../../../command/ask-servers.ts";
import { command } from "../../../command/command.ts";
import { success } from "../../../command/on-servers.ts";
import { outputFile, userId } from "../../../command/parameters.ts";
import { writeOutputFile } from "../../../files/output-file.ts";

/** Shows on which servers each user of this one exists (a command of the sibling shells, Oracle's wording). */
export const getUserDiffMap = command({
  name: "getUserDiffMap",
  summary: "Shows on which HSMs each user of this HSM exists",
  description: "Shows on which HSMs each user of this HSM exists with the same id, type and name. Takes no login.",
  example: "getUserDiffMap 0",
  documented: false,
  modes: ["server"],
  parameters: [userId("the id that listUsers shows; 0 for all users"), outputFile()],
  async run(context, { userId: id, file }) {
    const { cluster, output } = context;
    const source = cluster.current;
    const { byServer, complete } = await askServers(context, "getUserDiffMap", async (server) =>
      (await server.hsm()).users.list(),
    );
    const users = source === undefined ? undefined : byServer.get(source);
    if (source === undefined || users === undefined) return "failed";
    const asked = users.filter((user) => id === 0 || user.id === id);
    if (asked.length === 0) {
      output.print(`getUserDiffMap: there is no user ${String(id)} on server ${source.label}`);
      return "failed";
    }
    const found = asked.map((user) => {
      const having = [...byServer].filter(([, others]) => others.some((other) => isSameUser(user, other)));
      return [user, serverList(having.map(([server]) => server))] as const;
    });
    const lines = context.dialect.userMap(source.label, found);
    if (file === undefined) output.print(...lines);
    else await writeOutputFile(context.home, file, lines.map((line) => `${line}\n`).join(""));
    if (!complete) return "failed";
    output.print(success(context, "getUserDiffMap", source));
    return "done";
  },
});

function isSameUser(one: UserSummary, other: UserSummary): boolean {
  return one.id === other.id && one.type === other.type && one.name.toLowerCase() === other.name.toLowerCase();
}
