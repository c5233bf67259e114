import { keyHandle, outputFile } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";

/** Shows who can use a key, on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-getKeyInfo"). */
export const getKeyInfo = serverCommand({
  name: "getKeyInfo",
  summary: "Shows who owns a key and with whom it is shared",
  description:
    "Shows the owner of a key, the users that it is shared with, and how many must approve of its use; -k may be left " +
    "out. A CU may for keys that it owns or shares and for public keys, a CO or AU for all.",
  example: "getKeyInfo -k 262152",
  modes: ["global", "server"],
  prefix: "-k",
  parameters: [keyHandle(undefined, "<key-handle>"), outputFile()],
  request: (hsm, session, { handle }) => hsm.keys.information(session, handle),
  lines: ({ dialect, position, server, value: information }) => [
    ...(position === 0 ? [""] : []),
    ...dialect.keyInformation(server.label, information),
  ],
  successLine: "serverMode",
  outputFile: ({ file }) => file,
  data: (information) => information,
});
