import { serverCommand } from "../../../command/server-command.ts";
import { keyHandle, userIds, yesOrNo } from "../../../command/parameters.ts";

/** Shares a key with users, or takes it back (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-shareKey"). */
export const shareKey = serverCommand({
  name: "shareKey",
  parameters: [keyHandle(), userIds(), yesOrNo("share", "<share>", "1 shares, 0 takes back")],
  request: (hsm, session, { handle, userIds: ids, share }) => hsm.keys.share(session, handle, ids, share),
  onFailure: "retryIgnoreAbort",
});
