import { command } from "../../../command/command.ts";

/** Says that the connections are encrypted end to end, which they are from the start (client 1.1.1 and later). */
export const enableE2e = command({
  name: "enable_e2e",
  parameters: [],
  run({ cluster, dialect, output }) {
    for (const server of cluster.scope) output.print(dialect.e2eEnabled(server.label));
    const answers = cluster.scope.map((server) => ({ server, outcome: "done" as const, value: undefined }));
    return Promise.resolve({ outcome: "done", answers });
  },
});
