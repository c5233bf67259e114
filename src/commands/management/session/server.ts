import { command } from "../../../command/command.ts";
import { serverId } from "../../../command/parameters.ts";
import { requireServer } from "../../../command/require-server.ts";
import { said } from "../../../command/result.ts";

/** Enters server mode (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-server"). */
export const server = command({
  name: "server",
  parameters: [serverId("the HSM to work on; info lists them")],
  run(context, { serverId: id }) {
    const { cluster, dialect } = context;
    const entered = requireServer(context, id);
    cluster.enter(entered);
    return Promise.resolve(said(...dialect.serverMode(entered.isEncrypted)));
  },
});
