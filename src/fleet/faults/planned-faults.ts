import { type ClusterEntry, type PlacedFault, namesHsm } from "../../config/configuration.ts";
import type { Address } from "../../store/address.ts";
import type { Home } from "../../store/home.ts";
import { placeAt } from "../../store/place.ts";
import { faultOf } from "./set-fault.ts";
import { addFault, faultsIn } from "./fault-records.ts";

/**
 * Sets the faults of a configuration of whose HSMs none is there yet; those that an earlier start set before it was cut
 * off are left. To be called under the lock of the home, before the HSMs are created. Throws StoreError.
 */
export async function setPlannedFaults(
  home: Home,
  clusters: readonly ClusterEntry[],
  planned: readonly PlacedFault[],
): Promise<void> {
  const hsms = clusters.flatMap((cluster) => cluster.hsms);
  if (planned.length === 0) return;
  for (const hsm of hsms) if ((await placeAt(home, hsm)).kind !== "absent") return;
  const now = Date.now();
  await (
    await home.keepRecords()
  ).change(async (transaction) => {
    const unmet = (await faultsIn(transaction)).filter(({ seen }) => seen === 0);
    const present = new Set(unmet.map(({ id: _id, seen: _seen, until: _until, ...fault }) => JSON.stringify(fault)));
    for (const entry of planned) {
      const fault = faultOf(entry, addressOf(entry.hsm, hsms), now);
      const { until: _until, ...lasting } = fault;
      if (!present.has(JSON.stringify(lasting))) await addFault(transaction, fault);
    }
  });
}

function addressOf(
  word: string | undefined,
  hsms: readonly (Address & { readonly id: string })[],
): Address | undefined {
  return word === undefined ? undefined : hsms.find((hsm) => namesHsm(word, hsm));
}
