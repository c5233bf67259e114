import type { Server } from "../cluster/server.ts";
import { HsmError } from "../hsm/return-code.ts";
import { command } from "./command.ts";
import { keyword, serverId } from "./parameters.ts";
import { requireServer } from "./server-choice.ts";

/** Shows a server of the configuration and who is logged in there (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-info"). */
export const info = command({
  name: "info",
  summary: "Shows a server: address, HSM and who is logged in",
  description: "Shows a server of the configuration: its address, its HSM, and who is logged in there. Takes no login.",
  example: "info server 0",
  modes: ["global"],
  parameters: [keyword("server", "the word itself"), serverId("the server to show")],
  async run(context, { serverId: id }) {
    const { dialect, output } = context;
    const server = requireServer(context, id);
    if (server === undefined) return "failed";
    const partition = await whoAnswers(server);
    const { login, address } = server;
    output.print(
      dialect.infoHeading,
      dialect.infoRow({ id, ...address, connected: partition !== undefined, partition: partition ?? "", login }),
    );
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
