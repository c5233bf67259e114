import { command } from "../../../command/command.ts";
import { said } from "../../../command/result.ts";

/** Leaves server mode (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-server"). */
export const exit = command({
  name: "exit",
  summary: "Leaves server mode: commands go to all HSMs again",
  modes: ["server"],
  elsewhere: "this is global mode already (quit ends the session)",
  parameters: [],
  run({ cluster }) {
    cluster.leave();
    return Promise.resolve(said());
  },
});
