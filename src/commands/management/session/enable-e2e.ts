import { serverCommand } from "../../../command/server-command.ts";

/** Encrypts the connections end to end, which they are from the start (client 1.1.1 and later) unless that failed. */
export const enableE2e = serverCommand({
  name: "enable_e2e",
  parameters: [],
  request: (hsm) => hsm.encrypt(),
  encryptedAfter: () => true,
  lines: ({ dialect, server }) => [dialect.e2eEnabled(server.label)],
  successLine: "never",
});
