import type { HsmError } from "../hsm/return-code.ts";
import { type Connector, Server, type ServerAddress } from "./server.ts";

/** Whether commands are for all servers, or for one. */
export type Mode = "global" | "server";

/** The servers of a configuration, in its order, and which of them a command is for. */
export class Cluster {
  readonly #connector: Connector;
  #servers: readonly Server[] = [];
  #current: Server | undefined;

  constructor(addresses: readonly ServerAddress[], connector: Connector) {
    this.#connector = connector;
    this.list(addresses);
  }

  get servers(): readonly Server[] {
    return this.#servers;
  }

  /** Has these servers in place of those from before, of which none was asked yet: a start found out which there are. */
  list(addresses: readonly ServerAddress[]): void {
    this.#servers = addresses.map((address, id) => new Server(id, address, this.#connector));
  }

  /** The server of server mode; undefined in global mode. */
  get current(): Server | undefined {
    return this.#current;
  }

  get mode(): Mode {
    return this.#current === undefined ? "global" : "server";
  }

  /** The servers that a command is for: all, or the one of server mode. */
  get scope(): readonly Server[] {
    return this.#current === undefined ? this.servers : [this.#current];
  }

  /** Server N, counted from 0; undefined where the configuration has no such server. */
  server(id: number): Server | undefined {
    return this.servers[id];
  }

  /** Enters the server mode of a server. */
  enter(server: Server): void {
    this.#current = server;
  }

  /** Goes back to global mode. */
  leave(): void {
    this.#current = undefined;
  }

  /** Disconnects from every server. Gives those that refused to log out, with the reason. */
  async disconnect(): Promise<readonly (readonly [Server, HsmError])[]> {
    const refusals = this.servers.map(async (server) => [server, await server.disconnect()] as const);
    return (await Promise.all(refusals)).flatMap(([server, error]) => (error === undefined ? [] : [[server, error]]));
  }
}
