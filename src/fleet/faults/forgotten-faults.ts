import type { Address } from "../../store/address.ts";
import type { Home } from "../../store/home.ts";
import { isAt } from "./fault.ts";
import { endFaults, faultsOf } from "./set-fault.ts";

/** Ends the faults of HSMs that are to be made anew, and those of all HSMs. To be called under the lock of the home. */
export async function forgetFaults(home: Home, addresses: readonly Address[]): Promise<void> {
  const ids = (await faultsOf(home))
    .filter((fault) => fault.hsms.kind === "all" || addresses.some((address) => isAt(fault, address)))
    .map(({ id }) => id);
  if (ids.length > 0) await endFaults(home, ids);
}
