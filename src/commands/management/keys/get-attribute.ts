import { attributeId } from "./attribute-parameters.ts";
import { keyHandle, outputFile } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";

/** Shows an attribute of a key on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-getAttribute"). */
export const getAttribute = serverCommand({
  name: "getAttribute",
  parameters: [keyHandle(), attributeId(), outputFile()],
  request: (hsm, session, { handle, attributeId: id }) => hsm.keys.attributes(session, handle, id),
  lines: ({ dialect, mode, server, value: attributes }) =>
    dialect.attributes(attributes, mode === "global" ? server.label : undefined),
  successLine: "never",
  outputFile: ({ file }) => file,
  data: (attributes) => attributes,
});
