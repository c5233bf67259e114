import { command } from "../../../command/command.ts";
import { keyHandle, outputFile } from "../../../command/parameters.ts";
import { report } from "../../../command/report.ts";

/** Shows who can use a key, on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-getKeyInfo"). */
export const getKeyInfo = command({
  name: "getKeyInfo",
  summary: "Shows who owns a key and with whom it is shared",
  description:
    "Shows the owner of a key, the users that it is shared with, and how many must approve of its use; -k may be left " +
    "out. A CU may for keys that it owns or shares and for public keys, a CO or AU for all.",
  example: "getKeyInfo -k 262152",
  modes: ["global", "server"],
  prefix: "-k",
  parameters: [keyHandle(undefined, "<key-handle>"), outputFile()],
  run: (context, { handle, file }) =>
    report(context, {
      command: "getKeyInfo",
      request: async (server) => (await server.hsm()).keys.information(server.session, handle),
      lines: (server, information, position) => [
        ...(position === 0 ? [""] : []),
        ...context.dialect.keyInformation(server.label, information),
      ],
      confirmed: context.cluster.mode === "server",
      file,
    }),
});
