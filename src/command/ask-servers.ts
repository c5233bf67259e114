import { fanOut } from "../cluster/fan-out.ts";
import type { Server } from "../cluster/server.ts";
import { Cancelled } from "./cancelled.ts";
import type { CommandContext } from "./command.ts";
import { failure } from "./on-servers.ts";

/** What the servers of a configuration answered, and whether all of them did. */
export interface Answers<T> {
  readonly byServer: ReadonlyMap<Server, T>;
  readonly complete: boolean;
}

/** Asks all servers, also in server mode, to compare their answers; says which of them could not be asked. */
export async function askServers<T>(
  context: CommandContext,
  command: string,
  request: (server: Server) => Promise<T>,
): Promise<Answers<T>> {
  const { cluster, output } = context;
  const byServer = new Map<Server, T>();
  const result = await fanOut<T>({
    servers: cluster.servers,
    request,
    interrupted: () => context.questions.interrupted(),
    succeeded: (server, answer) => byServer.set(server, answer),
    failed: (server, error) => {
      output.print(...failure(context, command, server, error));
      return Promise.resolve("ignore");
    },
  });
  if (result === "interrupted") throw new Cancelled("interrupted");
  return { byServer, complete: result === "everywhere" };
}

/** Server numbers as the sibling shells list them: `0,1,`. */
export function serverList(servers: Iterable<Server>): string {
  return [...servers].map(({ id }) => `${String(id)},`).join("");
}
