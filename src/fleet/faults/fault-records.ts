import { faultKinds } from "../../config/fault-entry.ts";
import { Collection } from "../../simulator/records/collection.ts";
import type { Snapshot, Store, Transaction } from "../../store/store.ts";
import {
  type Fault,
  type Occasion,
  type SetFault,
  advancesCounts,
  isCounted,
  isFor,
  isOver,
  meetsNext,
} from "./fault.ts";

/** A fault as it is kept, with the number of requests that it has seen. */
interface FaultRecord extends Fault {
  readonly seen: number;
}

/** Faults by their ids. */
const faults = new Collection<number, FaultRecord>(
  "fault",
  { kind: "string", hsms: "object", requests: "object", from: "number", seen: "number" },
  ({ kind }) => faultKinds.includes(kind),
);
/** The highest id that was given, under the one key "last": an id never means another fault. */
const faultIds = new Collection<"last", number>("faultId", "number");

/** All faults that are set, in the order in which they were. Throws HsmError for a damaged record. */
export async function faultsIn(snapshot: Snapshot): Promise<readonly SetFault[]> {
  return (await faults.list(snapshot)).map(([id, fault]) => ({ id, ...fault }));
}

/** Keeps a fault, and returns it with its id. */
export async function addFault(transaction: Transaction, fault: Fault): Promise<SetFault> {
  const id = ((await faultIds.get(transaction, "last")) ?? 0) + 1;
  const record: FaultRecord = { ...fault, seen: 0 };
  await faultIds.put(transaction, "last", id);
  await faults.put(transaction, id, record);
  return { id, ...record };
}

/** Clears the faults with these ids. */
export async function clearFaults(transaction: Transaction, ids: readonly number[]): Promise<void> {
  for (const id of ids) await faults.remove(transaction, id);
}

/**
 * The faults that an occasion meets, in the order in which they were set; those that count have counted it, on disk.
 * Throws StoreError, HsmError for a damaged record.
 *
 * @param all those that were set when somebody looked last
 * @param now milliseconds since 1970
 */
export async function faultsMet(
  store: Store,
  all: readonly SetFault[],
  occasion: Occasion,
  now: number,
): Promise<readonly SetFault[]> {
  const isConcerned = (fault: SetFault): boolean => isFor(fault, occasion) && !isOver(fault, now);
  const present = all.filter(isConcerned);
  if (!advancesCounts(occasion)) return present.filter((fault) => !isCounted(fault));
  if (!present.some(isCounted)) return present;
  return store.change(async (transaction) => {
    const met: SetFault[] = [];
    for (const fault of (await faultsIn(transaction)).filter(isConcerned)) {
      if (meetsNext(fault, now)) met.push(fault);
      if (!isCounted(fault)) continue;
      const { id, ...record } = fault;
      await faults.put(transaction, id, { ...record, seen: record.seen + 1 });
    }
    return met;
  });
}
