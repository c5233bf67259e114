import type { Cluster } from "../cluster/cluster.ts";
import type { Server } from "../cluster/server.ts";
import type { Home } from "../store/home.ts";
import type { LineReader } from "../terminal/line-reader.ts";
import { complain } from "./process/standard-error.ts";

/** What a session has open. */
interface Opened {
  readonly cluster: Cluster;
  readonly reader: LineReader;
  readonly home: Home;
}

/**
 * Logs out everywhere and gives back what a session has open. Complains of each HSM on which that fails.
 *
 * @param nameOf how the shell calls a server
 */
export async function endSession({ cluster, reader, home }: Opened, nameOf: (server: Server) => string): Promise<void> {
  reader.close();
  try {
    for (const [server, error] of await cluster.disconnect()) {
      complain(`logging out on ${nameOf(server)} failed: ${error.message}`);
    }
  } finally {
    await home.close();
  }
}
