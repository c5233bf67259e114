import { type FaultEntry, isOfService, usualDelay, usualLag } from "../../config/fault-entry.ts";
import type { Address } from "../../store/address.ts";
import type { Home } from "../../store/home.ts";
import type { Fault, FaultyHsms, FaultyRequests, SetFault } from "./fault.ts";
import { addFault, clearFaults, faultsIn } from "./fault-records.ts";

/**
 * Sets a fault that somebody described. To be called under the lock of the home. Throws StoreError.
 *
 * @param address of the HSM that it is for; undefined is all
 */
export async function setFault(home: Home, entry: FaultEntry, address: Address | undefined): Promise<SetFault> {
  const fault = faultOf(entry, address, Date.now());
  return (await home.keepRecords()).change((transaction) => addFault(transaction, fault));
}

/** The faults that are set in a home, in that order. Throws StoreError. */
export async function faultsOf(home: Home): Promise<readonly SetFault[]> {
  return (await (await home.records())?.read(faultsIn)) ?? [];
}

/** Clears the faults with these ids. To be called under the lock of the home. Throws StoreError. */
export async function endFaults(home: Home, ids: readonly number[]): Promise<void> {
  await (await home.records())?.change((transaction) => clearFaults(transaction, ids));
}

/** The fault that somebody describes, at a time: milliseconds since 1970. */
export function faultOf(entry: FaultEntry, address: Address | undefined, now: number): Fault {
  const { kind, from, times, lasts, code } = entry;
  return {
    kind,
    hsms: hsmsOf(entry, address),
    requests: requestsOf(entry),
    from,
    ...(times === undefined ? {} : { times }),
    ...(lasts === undefined ? {} : { until: now + lasts }),
    ...(kind === "delay" ? { milliseconds: entry.milliseconds ?? usualDelay } : {}),
    ...(kind === "lag" ? { milliseconds: entry.milliseconds ?? usualLag } : {}),
    ...(code === undefined ? {} : { code }),
  };
}

function hsmsOf(entry: FaultEntry, address: Address | undefined): FaultyHsms {
  if (isOfService(entry)) return { kind: "none" };
  return address === undefined ? { kind: "all" } : { kind: "one", hostname: address.hostname, port: address.port };
}

function requestsOf(entry: FaultEntry): FaultyRequests {
  const { kind, request, command, operation } = entry;
  if (isOfService(entry)) return { kind: "operation", name: operation ?? (kind === "degraded" ? "CreateHsm" : "any") };
  if (request !== undefined) return { kind: "request", name: request };
  return command === undefined ? { kind: "any" } : { kind: "command", name: command };
}
