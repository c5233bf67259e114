import { type Done, isDone } from "../../../cluster/answer.ts";
import { askAll } from "../../../cluster/ask-each.ts";
import type { HsmIdentity } from "../../../hsm/hsm.ts";
import { command } from "../../../command/command.ts";
import { serverId } from "../../../command/parameters.ts";
import { requireServer } from "../../../command/require-server.ts";

/** Shows a server of the configuration and who is logged in there (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-info"). */
export const info = command({
  name: "info",
  parameters: [
    {
      ...serverId("the server to show; all of them if left out"),
      flag: "server",
      label: "server <server ID>",
      optional: true,
    },
  ],
  async run(context, { serverId: id }) {
    const { cluster, dialect, output } = context;
    const shown = id === undefined ? cluster.servers : [requireServer(context, id)];
    const answers = await askAll(shown, (hsm) => hsm.identify());
    const rows = answers.map((answer) => {
      const { login, address, id: number } = answer.server;
      const state = { connected: isDone(answer), partition: isDone(answer) ? answer.value.id : "", login };
      return { id: number, ...address, ...state };
    });
    output.print(...dialect.info(rows));
    return {
      outcome: "done",
      answers: answers.map((answer) => (isDone(answer) ? { ...answer, value: dataOf(answer) } : answer)),
    };
  },
});

function dataOf({ server: { login }, value: { id, clusterId } }: Done<HsmIdentity>): object {
  return { id, clusterId, login: login && { name: login.name, type: login.type } };
}
