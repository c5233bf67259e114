import { keyAttributes } from "../../../hsm/key-attribute.ts";
import { attributeId, attributeValue } from "./attribute-parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";
import { keyHandle } from "../../../command/parameters.ts";

/** Changes an attribute of a key on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-setAttribute"). */
export const setAttribute = serverCommand({
  name: "setAttribute",
  summary: "Changes an attribute of a key",
  description:
    "Changes an attribute of a key on each HSM: 3 (label), 260 to 264, 266, 268, 370, 528 (0 or 1; 528 stays 1), " +
    "1073742353 and 1073742354 (the handle of a template). Needs the CU that owns the key; for 134 (TRUSTED) a CO.",
  example: "setAttribute 262152 261 0",
  modes: ["global", "server"],
  parameters: [keyHandle(), attributeId(keyAttributes.filter(({ isSettable }) => isSettable)), attributeValue()],
  confirmed: true,
  request: (hsm, session, { handle, attributeId: id, value }) => hsm.keys.setAttribute(session, handle, id, value),
  onFailure: "retryIgnoreAbort",
});
