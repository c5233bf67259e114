import { StateError } from "../errors/state-error.ts";
import type { Home } from "../store/home.ts";
import { type KnownHsm, findHsm } from "./find-hsm.ts";
import { hsmsNotUp } from "./hsm-states.ts";
import { readableHsms } from "./living-cluster.ts";

/** A cluster as one of its HSMs knows it. */
interface ClusterMembers {
  /** The HSM that was asked. */
  readonly asked: KnownHsm;
  /** All that there are, stopped ones too, in the order of their addresses. */
  readonly members: readonly KnownHsm[];
}

/** All HSMs of the cluster of the HSM that a word names. Throws as {@link findHsm} does. */
export async function clusterAround(home: Home, word: string): Promise<ClusterMembers> {
  const asked = await findHsm(home, word);
  return { asked, members: await membersOf(home, asked.clusterId) };
}

/**
 * All HSMs of the cluster that has, or had, an HSM at an address: who knew it once knows the others. Throws {@link
 * StateError} where it never had one, the address is in more than one cluster, or no HSM is left; StoreError, HsmError.
 */
export async function clusterOnceAround(home: Home, hostname: string): Promise<readonly KnownHsm[]> {
  const isThere = (hsm: { readonly hostname: string }): boolean =>
    hsm.hostname.toLowerCase() === hostname.toLowerCase();
  const there = (await readableHsms(home)).filter(isThere);
  const gone = (await hsmsNotUp(home)).filter(isThere).sort((one, other) => other.since - one.since);
  const clusters = new Set((there.length > 0 ? there : gone.slice(0, 1)).map(({ clusterId }) => clusterId));
  const [cluster, other] = clusters;
  if (cluster === undefined) throw new StateError(`no HSM is, or was, at ${hostname}`);
  if (other !== undefined) throw new StateError(`at ${hostname} are HSMs of ${[...clusters].join(" and ")}`);
  const members = await membersOf(home, cluster);
  if (members.length === 0) throw new StateError(`${cluster}, which ${hostname} belonged to, has no HSM any more`);
  return members;
}

async function membersOf(home: Home, clusterId: string): Promise<readonly KnownHsm[]> {
  return (await readableHsms(home)).filter((hsm) => hsm.clusterId === clusterId);
}
