import type { Server } from "../cluster/server.ts";
import type { CommandContext } from "./command.ts";

/** The server with that number; says which there are when there is none. */
export function requireServer({ cluster, output }: CommandContext, id: number): Server | undefined {
  const server = cluster.server(id);
  if (server === undefined) {
    const last = cluster.servers.length - 1;
    const present = last === 0 ? "server 0 only" : `servers 0 to ${String(last)}`;
    output.print(`Invalid server ID ${String(id)}: this cluster has ${present}`);
  }
  return server;
}

/** The server to copy to from the one of server mode; says what is wrong with it when it cannot be that. */
export function requireDestination(context: CommandContext, command: string, id: number): Server | undefined {
  const destination = requireServer(context, id);
  if (destination !== undefined && destination === context.cluster.current) {
    context.output.print(`${command}: server ${String(id)} is the source, name another server to copy to`);
    return undefined;
  }
  return destination;
}
