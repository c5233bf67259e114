import type { DialectName } from "../../config/dialect-name.ts";
import type { NewHsm } from "../../config/new-cluster.ts";
import { drawId } from "../../fleet/service-ids.ts";

/** How many HSMs a vendor makes for a cluster, and where they are in its network. */
interface NewNodes {
  /** The fewest that the vendor makes; the most is a limit of its HSMs. */
  readonly fewest: number;
  readonly draw: (count: number) => readonly NewHsm[];
}

/** The nodes of a new cluster, by vendor. */
export const newNodes: Readonly<Record<DialectName, NewNodes>> = {
  aws: { fewest: 1, draw: inZones },
  azure: { fewest: 3, draw: behindNames },
  oracle: { fewest: 1, draw: withPorts },
  alibaba: { fewest: 1, draw: inZones },
};

/** Addresses in a network of its own, one availability zone after the other, as subnets of a cluster are. */
function inZones(count: number): readonly NewHsm[] {
  const zones = 3;
  const network = newNetwork();
  return Array.from(crypto.getRandomValues(new Uint8Array(count)), (host, at) => {
    // A host has a place of its own in its zone.
    const place = 4 + Math.floor(at / zones) * 25 + (host % 25);
    return { id: drawId("hsm"), hostname: `${network}.${String((at % zones) + 1)}.${String(place)}` };
  });
}

/** Host names that tell the cluster and the number of the node, with addresses side by side in one subnet. */
function behindNames(count: number): readonly NewHsm[] {
  const network = newNetwork();
  const cluster = drawId("cluster").replace("cluster", "chsm");
  return Array.from({ length: count }, (_, at) => ({
    id: drawId("hsm"),
    hostname: `hsm${String(at + 1)}.${cluster}.cloudhsm.azure.net`,
    address: `${network}.2.${String(4 + at)}`,
  }));
}

/** Each node has a port of its own beside its address. */
function withPorts(count: number): readonly NewHsm[] {
  return inZones(count).map((hsm, at) => ({ ...hsm, port: 2101 + 2 * (count - 1 - at) }));
}

/** Below 16 are the clusters that come with the program. */
function newNetwork(): string {
  const [drawn = 0] = crypto.getRandomValues(new Uint8Array(1));
  return `10.${String(16 + (drawn % 240))}`;
}
