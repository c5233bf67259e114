import { attributeId } from "./attribute-parameters.ts";
import { keyHandle, outputFile } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";

/** Shows an attribute of a key on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-getAttribute"). */
export const getAttribute = serverCommand({
  name: "getAttribute",
  summary: "Shows an attribute of a key, or with 512 all of them",
  description:
    "Shows an attribute of a key on each HSM; 512 stands for all that the key has. Needs the CU that owns the key or " +
    "shares it, any CU for a public key; a CO may read 134 (TRUSTED).",
  example: "getAttribute 262152 512",
  modes: ["global", "server"],
  parameters: [keyHandle(), attributeId(), outputFile("<filename>")],
  request: (hsm, session, { handle, attributeId: id }) => hsm.keys.attributes(session, handle, id),
  lines: ({ dialect, mode, server, value: attributes }) =>
    dialect.attributes(attributes, mode === "global" ? server.label : undefined),
  successLine: "never",
  outputFile: ({ file }) => file,
  data: (attributes) => attributes,
});
