import { dirname, resolve } from "node:path";
import type { Configuration } from "../config/configuration.ts";
import { type Address, isSameAddress } from "../store/address.ts";

/**
 * Where the certificate of an HSM's owner is looked for: where the configuration says, seen from its folder.
 *
 * @param usual where it is if the configuration does not say
 */
export function ownerPath({ file, servers }: Configuration, address: Address, usual: string): string {
  const named = servers.find((server) => isSameAddress(server, address))?.ownerCertificate;
  return resolve(dirname(file), named ?? usual);
}
