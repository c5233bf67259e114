import { defaultPort } from "../../config/configuration.ts";
import type { Address } from "../../store/address.ts";
import { freeIn, isHostOf } from "./networks.ts";
import { type PlaneContext, timeOf } from "./plane-context.ts";
import { invalid } from "./service-error.ts";
import type { Subnet } from "./service-records.ts";
import type { Survey } from "./survey.ts";

/**
 * Where a new HSM is to be: at the address that somebody wants, or at one of its subnet that nobody has or had. Throws {@link
 * ServiceError} for one that it cannot have, StoreError.
 */
export async function chosenAddress(
  { subnetId, network }: Subnet,
  ip: string | undefined,
  { records, notUp }: Survey,
  context: PlaneContext,
): Promise<Address> {
  const { home, delay } = context;
  const now = timeOf(context);
  // One that is still being deleted has its address.
  const living = [...records.hsms.values()].filter(({ deleted }) => deleted === undefined || now < deleted + delay);
  const present = new Set([...(await home.list()), ...living].map(({ hostname }) => hostname));
  if (ip === undefined) {
    const past = [...records.hsms.values(), ...notUp].map(({ hostname }) => hostname);
    const hostname = freeIn(network, new Set([...present, ...past])) ?? freeIn(network, present);
    if (hostname === undefined) throw invalid(`Subnet ${subnetId} has no free address: delete an HSM there first.`);
    return { hostname, port: defaultPort };
  }
  if (!isHostOf(network, ip)) {
    throw invalid(`IpAddress ${ip} is none of ${subnetId}: give one of ${network}.4 to ${network}.254.`);
  }
  if (present.has(ip)) throw invalid(`IpAddress ${ip} is in use: give another one of ${network}.4 to ${network}.254.`);
  return { hostname: ip, port: defaultPort };
}
