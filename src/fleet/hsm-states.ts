import { Collection } from "../simulator/records/collection.ts";
import { type Address, isSameAddress } from "../store/address.ts";
import type { Home } from "../store/home.ts";
import type { Snapshot, Transaction } from "../store/store.ts";

/**
 * What was done to an HSM from outside: a stopped one keeps all that it has and answers nobody; a destroyed one is gone,
 * and no start makes it anew.
 */
export interface HsmState {
  readonly state: "stopped" | "destroyed";
  readonly clusterId: string;
  readonly hostname: string;
  readonly port: number;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** The id of the HSM that took the place of a destroyed one at its address. */
  readonly replacedBy?: string;
}

/** The states of HSMs by their ids; one that is up has none. */
const hsmStates = new Collection<string, HsmState>("hsmState", {
  state: "string",
  clusterId: "string",
  hostname: "string",
  port: "number",
  since: "number",
});

/** An HSM that is stopped or destroyed. */
export interface HsmNotUp extends HsmState {
  readonly hsmId: string;
}

/** All HSMs of a home that are stopped or destroyed. Throws StoreError, HsmError for a damaged record. */
export async function hsmsNotUp(home: Home): Promise<readonly HsmNotUp[]> {
  const records = await home.records();
  return records === undefined ? [] : records.read(notUpIn);
}

/** The ids of the HSMs of a home that are gone for good, replaced or not. Throws as {@link hsmsNotUp} does. */
export async function destroyedIds(home: Home): Promise<ReadonlySet<string>> {
  const notUp = await hsmsNotUp(home);
  return new Set(notUp.filter(({ state }) => state === "destroyed").map(({ hsmId }) => hsmId));
}

/** The HSMs that are stopped or destroyed, as a snapshot of the records has them. */
export async function notUpIn(snapshot: Snapshot): Promise<readonly HsmNotUp[]> {
  return (await hsmStates.list(snapshot)).map(([hsmId, state]) => ({ hsmId, ...state }));
}

/** The HSM that is stopped or destroyed at an address and was not replaced; undefined where there is none. */
export function notUpAt(hsms: readonly HsmNotUp[], address: Address): HsmNotUp | undefined {
  const there = hsms.filter((hsm) => isSameAddress(hsm, address));
  return there.find(({ state, replacedBy }) => state === "stopped" || replacedBy === undefined);
}

/** Notes what was done to an HSM. To be called under the lock of the home. Throws StoreError. */
export async function noteState(home: Home, hsmId: string, state: HsmState): Promise<void> {
  await changeRecords(home, (transaction) => hsmStates.put(transaction, hsmId, state));
}

/** Forgets what was done to these HSMs: they are up, or to be created. To be called under the lock of the home. */
export async function forgetStates(home: Home, hsmIds: readonly string[]): Promise<void> {
  if ((await home.records()) === undefined) return;
  await changeRecords(home, async (transaction) => {
    for (const hsmId of hsmIds) await hsmStates.remove(transaction, hsmId);
  });
}

async function changeRecords(home: Home, work: (transaction: Transaction) => Promise<void>): Promise<void> {
  await (await home.keepRecords()).change(work);
}
