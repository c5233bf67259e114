import type { Cluster } from "../cluster/cluster.ts";
import type { Command } from "../command/command.ts";
import type { CompletionSource } from "./completion.ts";

/** What Tab may propose in a session: of what HSMs hold, that of the first server in scope. */
export function proposalsOf<M extends string>(
  cluster: Cluster,
  commands: readonly Command<M>[],
  mode: () => M,
): CompletionSource<M> {
  return {
    commands,
    commandNames: commands.map(({ name }) => name),
    mode,
    serverIds: cluster.servers.map(({ id }) => id),
    users: async () => (await cluster.scope[0]?.hsm())?.users.list() ?? [],
    keyHandles: async () => {
      const server = cluster.scope.find(({ login }) => login !== undefined);
      if (server?.login === undefined) return [];
      const { session, type, userId } = server.login;
      // A crypto user sees what it can use; officers see all.
      const { keys } = await (await server.hsm()).keys.find(session, type === "CU" ? userId : 0);
      return keys.map(({ handle }) => handle);
    },
    tokenIds: async () => {
      const server = cluster.scope.find(({ login }) => login !== undefined);
      if (server === undefined) return [];
      return (await (await server.hsm()).tokens.list(server.session)).map(({ id }) => id);
    },
  };
}
