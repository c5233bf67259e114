import { limits } from "../hsm/limits.ts";
import { command } from "./command.ts";
import { onServers, success } from "./on-servers.ts";

/** Shows limits and occupancy of this server's HSM (a command of the sibling shells, Oracle's wording). */
export const getPartitionInfo = command({
  name: "getPartitionInfo",
  summary: "Shows limits and occupancy of this HSM",
  description: "Shows how many users, keys and sessions this HSM has, and has room for. Takes no login.",
  documented: false,
  modes: ["server"],
  parameters: [],
  run(context) {
    return onServers(context, {
      command: "getPartitionInfo",
      request: async (server) => {
        const hsm = await server.hsm();
        return { id: hsm.identity.id, ...(await hsm.information()) };
      },
      succeeded: (server, { id, fipsState, partition }) => {
        const rows: readonly Row[] = [
          ["name", id],
          ["status", "occupied"],
          ["FIPS state", fipsState],
          ["MaxUsers", limits.users],
          ["AvailableUsers", limits.users - partition.users],
          ["MaxKeys", partition.maxKeys],
          ["OccupiedTokenKeys", partition.tokenKeys],
          ["OccupiedSessionKeys", partition.sessionKeys],
          ["SessionCount", partition.sessions],
          ["MaxPswdLen", limits.passwordLength.maximum],
          ["MinPswdLen", limits.passwordLength.minimum],
          ["BlockDeleteUserWithKeys", 1],
          ["Node ID", server.id],
          ...Object.entries(partition.minimums).map(([service, m]): Row => [`MValue[${service.padStart(18)}]`, m]),
        ];
        context.output.print(...rows.map(written));
        context.output.print(success(context, "getPartitionInfo", server));
      },
    });
  },
});

type Row = readonly [label: string, value: string | number];

/** Numbers end in one column, texts stand behind the colon. */
function written([label, value]: Row): string {
  const text = typeof value === "number" ? String(value).padStart(5) : value;
  return `${label.padEnd(28)}:${text}`;
}
