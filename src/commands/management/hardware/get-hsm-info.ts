import { serverCommand } from "../../../command/server-command.ts";

/** Shows the hardware of every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-getHSMInfo"). */
export const getHsmInfo = serverCommand({
  name: "getHSMInfo",
  parameters: [],
  announcement: ({ gettingInformation }) => gettingInformation,
  request: (hsm) => hsm.information(),
  lines: ({ dialect, server, value }) => dialect.hsmInformation(server.id, value),
  successLine: "never",
  data: (information) => information,
});
