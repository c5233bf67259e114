import { serverCommand } from "../../../command/server-command.ts";
import { keyHandle, userIds, yesOrNo } from "../../../command/parameters.ts";

/** Shares a key with users, or takes it back (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-shareKey"). */
export const shareKey = serverCommand({
  name: "shareKey",
  summary: "Shares a key with other crypto users, or takes it back",
  description:
    "Shares a secret or private key with other crypto users on each HSM, or takes it back. They can use it, and no " +
    "more. Needs the CU that owns the key.",
  example: "shareKey 262152 4,5 1",
  modes: ["global", "server"],
  parameters: [keyHandle(), userIds(), yesOrNo("share", "<(share/unshare key?) 1/0>", "1 shares, 0 takes back")],
  confirmed: true,
  request: (hsm, session, { handle, userIds: ids, share }) => hsm.keys.share(session, handle, ids, share),
  onFailure: "retryIgnoreAbort",
});
