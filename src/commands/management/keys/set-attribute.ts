import { keyAttributes } from "../../../hsm/key-attribute.ts";
import { attributeId, attributeValue } from "./attribute-parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";
import { keyHandle } from "../../../command/parameters.ts";

/** Changes an attribute of a key on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-setAttribute"). */
export const setAttribute = serverCommand({
  name: "setAttribute",
  parameters: [keyHandle(), attributeId(keyAttributes.filter(({ isSettable }) => isSettable)), attributeValue()],
  request: (hsm, session, { handle, attributeId: id, value }) => hsm.keys.setAttribute(session, handle, id, value),
  onFailure: "retryIgnoreAbort",
});
