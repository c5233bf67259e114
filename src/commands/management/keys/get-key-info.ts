import { keyHandle, outputFile } from "../../../command/parameters.ts";
import { serverCommand } from "../../../command/server-command.ts";

/** Shows who can use a key, on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-getKeyInfo"). */
export const getKeyInfo = serverCommand({
  name: "getKeyInfo",
  parameters: [keyHandle(), outputFile()],
  request: (hsm, session, { handle }) => hsm.keys.information(session, handle),
  lines: ({ dialect, position, server, value: information }) => [
    ...dialect.keyInformation(server.label, information, position),
  ],
  successLine: "serverMode",
  outputFile: ({ file }) => file,
  data: (information) => information,
});
