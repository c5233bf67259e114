import { command } from "../../../command/command.ts";

/** Ends the session (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-quit"). */
export const quit = command({
  name: "quit",
  parameters: [],
  run({ dialect }) {
    return Promise.resolve({ outcome: "quit", answers: [], lines: dialect.disconnecting });
  },
});
