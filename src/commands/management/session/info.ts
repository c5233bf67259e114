import type { Server } from "../../../cluster/server.ts";
import { HsmError } from "../../../hsm/return-code.ts";
import { command } from "../../../command/command.ts";
import { serverId } from "../../../command/parameters.ts";
import { requireServer } from "../../../command/require-server.ts";

/** Shows a server of the configuration and who is logged in there (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-info"). */
export const info = command({
  name: "info",
  summary: "Shows the servers: address, HSM and who is logged in",
  description:
    "Shows a server of the configuration, or all: its address, its HSM, and who is logged in there. Takes no login.",
  example: "info server 0",
  modes: ["global"],
  parameters: [
    {
      ...serverId("the server to show; left out, all of them"),
      flag: "server",
      label: "server <server ID>",
      optional: true,
    },
  ],
  async run(context, { serverId: id }) {
    const { cluster, dialect, output } = context;
    const shown = id === undefined ? cluster.servers : [requireServer(context, id)];
    const rows: string[] = [];
    for (const server of shown) {
      if (server === undefined) return "failed";
      const partition = await whoAnswers(server);
      const { login, address, id: number } = server;
      const state = { connected: partition !== undefined, partition: partition ?? "", login };
      rows.push(dialect.infoRow({ id: number, ...address, ...state }));
    }
    output.print(dialect.infoHeading, ...rows);
    return "done";
  },
});

/** The HSM of a server; undefined is one that does not answer. */
async function whoAnswers(server: Server): Promise<string | undefined> {
  try {
    return (await (await server.hsm()).identify()).id;
  } catch (error) {
    if (error instanceof HsmError) return undefined;
    throw error;
  }
}
