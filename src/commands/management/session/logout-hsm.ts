import { serverCommand } from "../../../command/server-command.ts";

/** Logs out on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-loginLogout"). */
export const logoutHsm = serverCommand({
  name: "logoutHSM",
  parameters: [],
  request: (hsm, session) => hsm.logins.logout(session),
  loginAfter: () => undefined,
});
