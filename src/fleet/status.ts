import { HsmError } from "../hsm/return-code.ts";
import { type HsmStatus, readStatus } from "../simulator/status-reader.ts";
import type { Address } from "../store/address.ts";
import { type HsmNotUp, hsmsNotUp, notUpAt } from "./hsm-states.ts";
import type { Home } from "../store/home.ts";
import { type EmptyPlace, placeAt } from "../store/place.ts";

/** An HSM of a home that can be read. */
export interface PresentHsm extends Address, Omit<HsmStatus, "clusterId" | "family"> {
  /** Whether it answers shells. */
  readonly state: "up" | "stopped";
}

/** The HSMs of one cluster, in the order of their addresses. */
export interface ClusterStatus {
  readonly id: string;
  /** The ids of clusters that were cloned from one backup with it: users and keys can be copied between them. */
  readonly clones: readonly string[];
  readonly hsms: readonly PresentHsm[];
}

/** An address without an HSM that answers: what is there, or how reading it failed. */
export interface UnusableHsm extends Address {
  readonly found: EmptyPlace | { readonly kind: "failed"; readonly error: HsmError };
}

/** All that a home holds. */
export interface FleetStatus {
  readonly clusters: readonly ClusterStatus[];
  readonly unusable: readonly UnusableHsm[];
  /** HSMs that are gone for good and were not replaced. */
  readonly destroyed: readonly HsmNotUp[];
  /** Where an HSM is expected and none ever was. */
  readonly missing: readonly Address[];
}

/**
 * Looks at every HSM of a home, beside the shells that work there, and changes nothing. Throws StoreError.
 *
 * @param expected where HSMs should be, besides
 */
export async function statusOf(home: Home, expected: readonly Address[] = []): Promise<FleetStatus> {
  const found: (HsmStatus & Address)[] = [];
  const unusable: UnusableHsm[] = [];
  const missing: Address[] = [];
  const notUp = await hsmsNotUp(home);
  for (const { hostname, port } of expected) {
    const isAbsent = (await placeAt(home, { hostname, port })).kind === "absent";
    if (isAbsent && notUpAt(notUp, { hostname, port }) === undefined) missing.push({ hostname, port });
  }
  for (const address of await home.list()) {
    const { hostname, port } = address;
    const seen = await lookAt(home, address);
    if ("kind" in seen) unusable.push({ hostname, port, found: seen });
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
        .map(({ clusterId: _cluster, family: _family, ...hsm }) => ({ ...hsm, state: stateOf(hsm.hsmId, notUp) })),
    };
  });
  const destroyed = notUp.filter(({ state, replacedBy }) => state === "destroyed" && replacedBy === undefined);
  return { clusters, unusable, destroyed, missing };
}

function stateOf(id: string, notUp: readonly HsmNotUp[]): PresentHsm["state"] {
  return notUp.some(({ hsmId, state }) => hsmId === id && state === "stopped") ? "stopped" : "up";
}

async function lookAt(home: Home, address: Address): Promise<HsmStatus | UnusableHsm["found"]> {
  const place = await placeAt(home, address);
  if (place.kind !== "hsm") return place;
  try {
    return await readStatus(home.open(address), address, home.presence);
  } catch (error) {
    if (error instanceof HsmError) return { kind: "failed", error };
    throw error;
  }
}
