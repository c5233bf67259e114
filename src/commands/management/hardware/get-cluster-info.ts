import { isDone } from "../../../cluster/answer.ts";
import type { Server } from "../../../cluster/server.ts";
import { askAll } from "../../../cluster/ask-each.ts";
import { command } from "../../../command/command.ts";
import type { NamedServer } from "../../../command/wording.ts";

/** Shows the servers of each server's cluster (a command of the sibling shells, Azure's wording). */
export const getClusterInfo = command({
  name: "getClusterInfo",
  parameters: [],
  async run({ cluster, dialect, output }) {
    const all = await askAll(cluster.servers, (hsm) => hsm.identify());
    const answers = all.map((answer) => {
      if (!isDone(answer)) return answer;
      const { clusterId } = answer.value;
      const members = all
        .filter((other) => (isDone(other) ? other.value : other.server.address).clusterId === clusterId)
        .map(({ server }) => namedServer(server));
      const value = { clusterId, members: members.toSorted((one, other) => nodeOf(one) - nodeOf(other)) };
      return { ...answer, value };
    });
    const asked = answers.filter(({ server }) => cluster.scope.includes(server));
    for (const answer of asked) {
      if (isDone(answer)) output.print(...dialect.clusterInformation(answer.server.label, answer.value.members));
      else output.print(dialect.notConnected(answer.server));
    }
    return { outcome: answers.every(isDone) ? "done" : "failed", answers: asked };
  },
});

/** A server without what else the configuration says of it. */
function namedServer({ id, address: { name, hostname, port, node } }: Server): NamedServer {
  return { id, name, hostname, port, ...(node === undefined ? {} : { node }) };
}

/** Where nobody counted nodes, they are in the order of the servers. */
function nodeOf({ id, node = id + 1 }: NamedServer): number {
  return node;
}
