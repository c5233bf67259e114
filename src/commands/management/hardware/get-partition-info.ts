import { serverCommand } from "../../../command/server-command.ts";

/** Shows limits and occupancy of this server's HSM (a command of the sibling shells, Oracle's wording). */
export const getPartitionInfo = serverCommand({
  name: "getPartitionInfo",
  parameters: [],
  request: async (hsm, session) => ({ id: hsm.identity.id, ...(await hsm.information(session)) }),
  lines: ({ dialect, server, value }) => dialect.partitionInformation(server.id, value.id, value),
  data: ({ id, fipsState, partition }) => ({ id, fipsState, ...partition }),
});
