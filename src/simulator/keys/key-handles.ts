import type { Transaction } from "../../store/store.ts";
import { counters, keys } from "../records/records.ts";

/** Handles of one node: its number times this, and a serial number. The guide's samples are so: 262152 is of node 1. */
const block = 0x40000;

/** The serial number of the first key that a cluster makes. */
const firstSerial = 6;

/** Draws handles in a row that no key of this HSM has, and had. */
export async function drawHandles(transaction: Transaction, node: number, count: number): Promise<readonly number[]> {
  let serial = (await counters.get(transaction, "keySerial")) ?? firstSerial;
  const isFree = async (first: number): Promise<boolean> => {
    for (let at = 0; at < count; at++) {
      if ((await keys.get(transaction, node * block + first + at)) !== undefined) return false;
    }
    return true;
  };
  // Keys of a configuration, and of other nodes, may have these handles.
  while (!(await isFree(serial))) serial++;
  await counters.put(transaction, "keySerial", serial + count);
  return Array.from({ length: count }, (_, at) => node * block + serial + at);
}
