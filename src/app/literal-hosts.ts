import { isIP } from "node:net";
import type { ServerEntry } from "../config/configuration.ts";

/**
 * What to tell of a vendor's file that has addresses where the vendor's shell takes host names only. Here they are found all the
 * same, so the session goes on.
 *
 * @param listed the servers as the file has them
 * @param found the same ones first, as the home knows them
 */
export function complaintsOfLiteralHosts(
  file: string,
  listed: readonly ServerEntry[],
  found: readonly ServerEntry[],
): readonly string[] {
  return listed.flatMap(({ hostname, hsm }, at) => {
    // What a YAML file of ours creates may be anywhere.
    if (hsm !== undefined || isIP(hostname) === 0) return [];
    const name = found[at]?.hostname;
    const proposal = name === undefined || isIP(name) !== 0 ? "the host name of the node" : name;
    return [`${file}: ${hostname} is an address, which the vendor's shell does not take: write ${proposal}`];
  });
}
