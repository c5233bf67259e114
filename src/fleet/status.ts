import { HsmError } from "../hsm/return-code.ts";
import { type HsmStatus, readStatus } from "../simulator/status-reader.ts";
import type { Address } from "../store/address.ts";
import type { Home } from "../store/home.ts";
import { StoreError } from "../store/store.ts";

/** An HSM of a home that answers. */
export interface PresentHsm extends Address, Omit<HsmStatus, "clusterId" | "family"> {}

/** The HSMs of one cluster, in the order of their addresses. */
export interface ClusterStatus {
  readonly id: string;
  /** The ids of clusters that were cloned from one backup with it: users and keys can be copied between them. */
  readonly clones: readonly string[];
  readonly hsms: readonly PresentHsm[];
}

/** What is at an address, where no HSM answers. */
interface UnusableHsm extends Address {
  /** Why, in words for an operator. */
  readonly reason: string;
}

/** All that a home holds. */
export interface FleetStatus {
  readonly clusters: readonly ClusterStatus[];
  readonly unusable: readonly UnusableHsm[];
}

/** Looks at every HSM of a home, beside the shells that work there, and changes nothing. Throws StoreError. */
export async function statusOf(home: Home): Promise<FleetStatus> {
  const found: (HsmStatus & Address)[] = [];
  const unusable: UnusableHsm[] = [];
  for (const address of await home.list()) {
    const { hostname, port } = address;
    const seen = await lookAt(home, address);
    if ("reason" in seen) unusable.push({ hostname, port, ...seen });
    else found.push({ hostname, port, ...seen });
  }
  const ids = [...new Set(found.map(({ clusterId }) => clusterId))].sort();
  const familiesOf = (id: string): ReadonlySet<string> =>
    new Set(found.filter(({ clusterId }) => clusterId === id).map(({ family }) => family));
  const clusters = ids.map((id) => {
    const own = familiesOf(id);
    return {
      id,
      clones: ids.filter((other) => other !== id && [...familiesOf(other)].some((family) => own.has(family))),
      hsms: found
        .filter(({ clusterId }) => clusterId === id)
        .map(({ clusterId: _cluster, family: _family, ...hsm }) => hsm),
    };
  });
  return { clusters, unusable };
}

async function lookAt(home: Home, address: Address): Promise<HsmStatus | { readonly reason: string }> {
  try {
    const state = await home.inspect(address);
    switch (state.kind) {
      case "hsm":
        return await readStatus(home.open(address), address, home.presence);
      case "absent":
        return { reason: "it was removed meanwhile" };
      case "otherFormat":
        return { reason: "it belongs to another version of this program" };
      case "unusable":
        return { reason: state.reason };
    }
  } catch (error) {
    if (error instanceof HsmError || error instanceof StoreError) return { reason: error.message };
    throw error;
  }
}
