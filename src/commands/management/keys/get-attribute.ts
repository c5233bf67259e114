import { command } from "../../../command/command.ts";
import { attributeId } from "./attribute-parameters.ts";
import { keyHandle, outputFile } from "../../../command/parameters.ts";
import { report } from "../../../command/report.ts";

/** Shows an attribute of a key on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-getAttribute"). */
export const getAttribute = command({
  name: "getAttribute",
  summary: "Shows an attribute of a key, or with 512 all of them",
  description:
    "Shows an attribute of a key on each HSM; 512 stands for all that the key has. Needs the CU that owns the key or " +
    "shares it, any CU for a public key; a CO may read 134 (TRUSTED).",
  example: "getAttribute 262152 512",
  modes: ["global", "server"],
  parameters: [keyHandle(), attributeId(), outputFile("<filename>")],
  run: (context, { handle, attributeId: id, file }) =>
    report(context, {
      command: "getAttribute",
      request: async (server) => (await server.hsm()).keys.attributes(server.session, handle, id),
      lines: ({ label }, attributes) =>
        context.dialect.attributes(attributes, context.cluster.mode === "global" ? label : undefined),
      confirmed: false,
      file,
    }),
});
