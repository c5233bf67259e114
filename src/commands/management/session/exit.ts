import { command } from "../../../command/command.ts";
import { said } from "../../../command/result.ts";

/** Leaves server mode (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-server"). */
export const exit = command({
  name: "exit",
  parameters: [],
  run({ cluster }) {
    cluster.leave();
    return Promise.resolve(said());
  },
});
