import { HsmError } from "../../../hsm/return-code.ts";
import { command } from "../../../command/command.ts";

/** Shows the servers of each server's cluster (a command of the sibling shells, Azure's wording). */
export const getClusterInfo = command({
  name: "getClusterInfo",
  summary: "Shows the HSMs of each cluster, connected or not",
  description: "Shows, for each HSM, those of the configuration that belong to its cluster. Takes no login.",
  documented: false,
  modes: ["global", "server"],
  parameters: [],
  async run({ cluster, dialect, output }) {
    const clusterIds = new Map<number, string>();
    for (const server of cluster.servers) {
      try {
        clusterIds.set(server.id, (await (await server.hsm()).identify()).clusterId);
      } catch (error) {
        if (!(error instanceof HsmError)) throw error;
      }
    }
    for (const server of cluster.scope) {
      const clusterId = clusterIds.get(server.id);
      if (clusterId === undefined) {
        output.print(dialect.notConnected(server.id));
        continue;
      }
      const members = cluster.servers.filter(({ id }) => clusterIds.get(id) === clusterId);
      output.print(
        ...dialect.clusterInformation(
          server.label,
          members.map(({ id, address }) => ({ id, ...address })),
        ),
      );
    }
    return clusterIds.size === cluster.servers.length ? "done" : "failed";
  },
});
