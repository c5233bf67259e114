import type { KeyInformation } from "../hsm/hsm.ts";
import { command } from "./command.ts";
import { keyHandle, outputFile } from "./parameters.ts";
import { report } from "./report.ts";

/** Shows who can use a key, on every server in scope (AWS CloudHSM User Guide, "cloudhsm_mgmt_util-getKeyInfo"). */
export const getKeyInfo = command({
  name: "getKeyInfo",
  summary: "Shows who owns a key and with whom it is shared",
  description:
    "Shows the owner of a key, the users that it is shared with, and how many must approve of its use; -k may be left " +
    "out. A CU may for keys that it owns or shares and for public keys, a CO or AU for all.",
  example: "getKeyInfo -k 262152",
  modes: ["global", "server"],
  login: true,
  prefix: "-k",
  parameters: [keyHandle(undefined, "<key-handle>"), outputFile()],
  run: (context, { handle, file }) =>
    report(context, {
      command: "getKeyInfo",
      request: async (server) => (await server.hsm()).keys.information(server.session, handle),
      lines: (server, information, position) => [
        ...(position === 0 ? [""] : []),
        `Key Info on server ${server.label}:`,
        ...described(information),
      ],
      confirmed: context.cluster.mode === "server",
      file,
    }),
});

function described({ token, owner, sharedWith, mValue }: KeyInformation): readonly string[] {
  const shares = [
    `\talso, shared to following ${String(sharedWith.length)} user(s):`,
    "",
    ...sharedWith.map((id) => `\t\t ${String(id)}`),
  ];
  return [
    "",
    token ? "\tToken/Flash Key," : "\tSession Key,",
    "",
    `\tOwned by user ${String(owner)}`,
    "",
    ...(sharedWith.length === 0 ? [] : shares),
    ...(mValue > 1 ? [`\t ${String(mValue)} Users need to approve to use/manage this key`] : []),
  ];
}
