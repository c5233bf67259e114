import type { HardwareWording } from "../../command/wording.ts";
import { aws } from "../aws/aws.ts";

/** Azure Cloud HSM, onboarding guide of 2026-03-04, p19: host names stand without the label of the private link. */
export const hardware: Pick<HardwareWording, "clusterInformation" | "partitionInformation"> = {
  clusterInformation: (label, members) => [
    "",
    `Cluster info from server ${label}:`,
    ["Node Id", "Hostname", "Port"].join("\t\t"),
    ...members.map(({ id, hostname, port, node = id + 1 }) =>
      [String(node), hostname.replace(".privatelink.", "."), String(port)].join("\t\t"),
    ),
  ],
  // Nodes are counted from 1.
  partitionInformation: (serverId, ...rest) => aws.partitionInformation(serverId + 1, ...rest),
};
