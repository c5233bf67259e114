import { comparison } from "../../../command/comparison.ts";
import { outputFile, userId } from "../../../command/parameters.ts";
import { Refused } from "../../../command/refused.ts";
import { requireCurrent } from "../../../command/require-server.ts";
import type { UserSummary } from "../../../hsm/user.ts";

/** Shows on which servers each user of this one exists (a command of the sibling shells, Oracle's wording). */
export const getUserDiffMap = comparison({
  name: "getUserDiffMap",
  parameters: [userId("the id that listUsers shows; 0 for all users"), outputFile()],
  source: requireCurrent,
  request: (hsm) => hsm.users.list(),
  compare(source, answered, { userId: id }) {
    const asked = (answered.get(source) ?? []).filter((user) => id === 0 || user.id === id);
    if (asked.length === 0) {
      throw new Refused(`there is no user ${String(id)} on server ${source.label}`, { namesCommand: true });
    }
    return asked.map((user) => {
      const having = [...answered].filter(([, others]) => others.some((other) => isSameUser(user, other)));
      return { user, servers: having.map(([server]) => server.id) };
    });
  },
  lines: (dialect, rows, { label }) => dialect.userMap(label, rows),
  outputFile: ({ file }) => file,
});

function isSameUser(one: UserSummary, other: UserSummary): boolean {
  return one.id === other.id && one.type === other.type && one.name.toLowerCase() === other.name.toLowerCase();
}
