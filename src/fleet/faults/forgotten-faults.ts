import type { Address } from "../../store/address.ts";
import type { Home } from "../../store/home.ts";
import { endFaults, faultsOf } from "./set-fault.ts";

/** Ends the faults of HSMs that are to be made anew, and those of all HSMs. To be called under the lock of the home. */
export async function forgetFaults(home: Home, addresses: readonly Address[]): Promise<void> {
  const gone = (await faultsOf(home)).filter(({ hsms }) => {
    if (hsms.kind === "all") return true;
    const hostname = hsms.hostname.toLowerCase();
    return addresses.some((address) => address.hostname.toLowerCase() === hostname && address.port === hsms.port);
  });
  if (gone.length > 0) {
    await endFaults(
      home,
      gone.map(({ id }) => id),
    );
  }
}
