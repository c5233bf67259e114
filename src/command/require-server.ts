import type { Server } from "../cluster/server.ts";
import type { CommandContext } from "./command.ts";
import { Refused } from "./refused.ts";

/** The server with that number. Throws {@link Refused} with those that there are. */
export function requireServer({ cluster, dialect }: CommandContext, id: number): Server {
  const server = cluster.server(id);
  if (server !== undefined) return server;
  throw new Refused(dialect.invalidServer(id, cluster.servers.length - 1), { namesCommand: false });
}

/** The server to copy to from the one of server mode. Throws {@link Refused} where it cannot be that. */
export function requireDestination(context: CommandContext, id: number): Server {
  const destination = requireServer(context, id);
  if (destination !== context.cluster.current) return destination;
  throw new Refused(context.dialect.sourceIsDestination(id), { namesCommand: true });
}

/** The server of server mode. Throws {@link Refused} in global mode, in which the shell lets nobody ask for it. */
export function requireCurrent({ cluster, dialect }: CommandContext): Server {
  if (cluster.current !== undefined) return cluster.current;
  throw new Refused(dialect.elsewhere.server, { namesCommand: true });
}
