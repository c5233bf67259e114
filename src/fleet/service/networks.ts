import type { Address } from "../../store/address.ts";
import { fingerprint } from "../../text/fingerprint.ts";
import { derivedId } from "./derived-ids.ts";
import type { Subnet } from "./service-records.ts";

const letters = "abcdefghij";

/** The zones of a region, in their order: a cluster has at most so many subnets. */
export function zoneOf(region: string, position: number): string {
  return `${region}${letters[position] ?? letters.slice(-1)}`;
}

/** What addresses of one network begin with; undefined for a hostname that is no IPv4 address. */
function networkOf(hostname: string): string | undefined {
  return /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(hostname)?.[1];
}

/**
 * The subnets of a cluster with those of HSMs that are in none of them, one for each network in the order of the networks;
 * hostnames that are no addresses are in one together.
 */
export function subnetsAround(
  clusterId: string,
  region: string,
  known: readonly Subnet[],
  hsms: readonly Address[],
): readonly Subnet[] {
  const subnets = [...known];
  const networks = new Set(hsms.map(({ hostname }) => networkOf(hostname) ?? ""));
  for (const network of [...networks].sort(byNumbers)) {
    const subnetId = derivedId("subnet", `${clusterId} ${network}`);
    const own = network === "" ? drawnNetwork(subnetId, []) : network;
    if (subnets.some((subnet) => subnet.network === network || subnet.subnetId === subnetId)) continue;
    subnets.push({ zone: zoneOf(region, subnets.length), subnetId, network: own });
  }
  return subnets;
}

/** The subnet of an HSM; undefined where its network is none of them. */
export function subnetOf(clusterId: string, subnets: readonly Subnet[], { hostname }: Address): Subnet | undefined {
  const network = networkOf(hostname);
  const unnamed = derivedId("subnet", `${clusterId} `);
  return subnets.find((subnet) => (network === undefined ? subnet.subnetId === unnamed : subnet.network === network));
}

/**
 * The network of a new subnet: the same for the same subnet, and none of those that are taken.
 *
 * @param beside a subnet of the same VPC, whose addresses begin in the same way
 */
export function drawnNetwork(subnetId: string, taken: readonly string[], beside = subnetId): string {
  for (let attempt = 0; ; attempt++) {
    // Below 16 are the clusters that come with the program; a block may be full.
    const block = 16 + ((fingerprint(beside) + Math.floor(attempt / 256)) % 240);
    const network = `10.${String(block)}.${String((fingerprint(subnetId) + attempt) % 256)}`;
    if (!taken.includes(network)) return network;
  }
}

/** The hosts of a network that an HSM can have: the first ones and the last one are the network's own. */
const hosts = { first: 4, last: 254 } as const;

/** An address of a network that nobody has or had; undefined where there is none. */
export function freeIn(network: string, taken: ReadonlySet<string>): string | undefined {
  const count = hosts.last - hosts.first + 1;
  const [start = 0] = crypto.getRandomValues(new Uint8Array(1));
  for (let step = 0; step < count; step++) {
    const ip = `${network}.${String(hosts.first + ((start + step) % count))}`;
    if (!taken.has(ip)) return ip;
  }
  return undefined;
}

/** Whether an HSM can have an address in a network. */
export function isHostOf(network: string, ip: string): boolean {
  const host = Number(ip.slice(network.length + 1));
  return networkOf(ip) === network && host >= hosts.first && host <= hosts.last && ip === `${network}.${String(host)}`;
}

function byNumbers(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}
