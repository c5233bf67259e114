import { serverCommand } from "../../../command/server-command.ts";

/** Shows the hardware of every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-getHSMInfo"). */
export const getHsmInfo = serverCommand({
  name: "getHSMInfo",
  summary: "Shows the hardware of each HSM",
  description: "Shows hardware, firmware and memory of each HSM. Takes no login.",
  modes: ["global", "server"],
  parameters: [],
  announcement: ({ gettingInformation }) => gettingInformation,
  request: (hsm) => hsm.information(),
  lines: ({ dialect, server, value }) => dialect.hsmInformation(server.id, value),
  successLine: "never",
  data: (information) => information,
});
