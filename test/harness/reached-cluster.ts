import { Cluster } from "../../src/cluster/cluster.ts";
import type { Hsm } from "../../src/hsm/hsm.ts";

/** An HSM to which a shell connects. */
export interface Reachable {
  connect(): Promise<{ readonly hsm: Hsm }>;
}

/** The cluster of a shell in this process, over HSMs of tests: hsm0, hsm1 and so on. */
export function clusterOver(hsms: readonly Reachable[]): Cluster {
  const addresses = hsms.map((_, at) => ({ name: `hsm${String(at)}`, hostname: `hsm${String(at)}`, port: 2225 }));
  return new Cluster(addresses, async ({ name }) => {
    const hsm = hsms[Number(name.slice("hsm".length))];
    if (hsm === undefined) throw new Error(`no HSM at ${name}`);
    return (await hsm.connect()).hsm;
  });
}
