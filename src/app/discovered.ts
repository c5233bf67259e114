import type { ServerEntry } from "../config/configuration.ts";
import type { Traits } from "../command/traits.ts";
import { type PlacedHsm, placedHsms } from "../fleet/placed-hsms.ts";
import { isSameAddress } from "../store/address.ts";
import type { Home } from "../store/home.ts";

/**
 * The servers that a shell connects to where its configuration is only the way to them: those that are listed, then, if
 * the first one knows the others, the rest of its cluster; each with its address where that is what lines show. One that
 * the home does not hold stays where it is listed, for connecting to tell of it. Throws StoreError.
 */
export async function discovered(
  listed: readonly ServerEntry[],
  home: Home,
  { discovery, label }: Pick<Traits, "discovery" | "label">,
): Promise<readonly ServerEntry[]> {
  const there = await placedHsms(home);
  const entryOf = (hsm: PlacedHsm, expected: ServerEntry["hsm"], usual: string): ServerEntry => {
    const { hostname, port, address, clusterId, node } = hsm;
    const name = label === "address" ? (address ?? hostname) : usual;
    return { name, hostname, port, address, clusterId, node, hsm: expected };
  };
  const known = listed.map((entry) => ({ entry, hsm: there.find((hsm) => leadsTo(entry, hsm)) }));
  const servers = known.map(({ entry, hsm }) =>
    hsm === undefined ? { ...entry, name: nameOf(entry, label) } : entryOf(hsm, entry.hsm, entry.name),
  );
  const cluster = known[0]?.hsm?.clusterId;
  if (discovery === "listed" || cluster === undefined) return servers;
  const others = there.filter((hsm) => hsm.clusterId === cluster && known.every((one) => one.hsm !== hsm));
  return [...servers, ...others.map((hsm) => entryOf(hsm, undefined, hsm.hostname))];
}

/** How lines call a server that is not there. */
function nameOf({ name, hostname, address }: ServerEntry, label: Traits["label"]): string {
  return label === "address" ? (address ?? hostname) : name;
}

/** Whether a listed host is an HSM's: by its name, with or without the label of a private link, or by its address. */
function leadsTo({ hostname, port }: ServerEntry, hsm: PlacedHsm): boolean {
  const listed = { hostname: publicName(hostname), port };
  if (isSameAddress(listed, { hostname: publicName(hsm.hostname), port: hsm.port })) return true;
  return hsm.address !== undefined && isSameAddress({ hostname, port }, { hostname: hsm.address, port: hsm.port });
}

function publicName(hostname: string): string {
  return hostname.replace(/\.privatelink\./i, ".");
}
