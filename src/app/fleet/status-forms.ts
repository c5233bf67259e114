import { mendOf } from "../connect.ts";
import { damageOf } from "../damages.ts";
import type { ClusterStatus, FleetStatus, PresentHsm, UnusableHsm } from "../../fleet/status.ts";
import type { PresentLogin } from "../../simulator/present-logins.ts";
import type { Address } from "../../store/address.ts";
import type { Home } from "../../store/home.ts";
import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";

/** Characters of a shell's mark that tell it from others. */
const shortMark = 8;

/** What a home holds, line by line. */
export function statusAsText({ clusters, unusable }: FleetStatus, home: Home): readonly string[] {
  if (clusters.length === 0 && unusable.length === 0) return [`${home.name} holds no HSM`];
  return [
    ...clusters.flatMap((cluster, position) => [...(position > 0 ? [""] : []), ...clusterLines(cluster)]),
    ...unusable.map((hsm) => printable(`${placeOf(hsm)}: ${reasonOf(hsm, home)}`)),
  ];
}

/** What a home holds as one JSON object (docs/json.md). */
export function statusAsJson({ clusters, unusable }: FleetStatus, home: Home): string {
  return oneLine({
    clusters,
    unusable: unusable.map((hsm) => ({ hostname: hsm.hostname, port: hsm.port, reason: reasonOf(hsm, home) })),
  });
}

/** Why no HSM answers at an address, and what to do about it. */
export function reasonOf({ found, ...address }: UnusableHsm, home: Home): string {
  return found.kind === "failed" ? damageOf(home, address, found.error) : mendOf(found, address, home);
}

function clusterLines({ id, clones, hsms }: ClusterStatus): readonly string[] {
  const relation = clones.length === 0 ? "" : `, a clone of ${clones.join(", ")}`;
  const places = widest(hsms.map(placeOf));
  const ids = widest(hsms.map(({ hsmId }) => hsmId));
  return [
    printable(`${id}, ${counted(hsms.length, "HSM")}${relation}`),
    ...hsms.flatMap((hsm) => [
      printable(`  ${placeOf(hsm).padEnd(places)}  ${hsm.hsmId.padEnd(ids)}  ${contentOf(hsm)}`),
      ...hsm.logins.map((login) => printable(`    ${loginLine(login)}`)),
    ]),
  ];
}

function contentOf({ users, tokenKeys }: PresentHsm): string {
  return `${counted(users, "user")}, ${counted(tokenKeys, "key")}`;
}

function loginLine({ name, type, shell }: PresentLogin): string {
  return `${name} (${type}) is logged in from shell ${shell.slice(0, shortMark)}`;
}

function placeOf({ hostname, port }: Address): string {
  return `${hostname}:${String(port)}`;
}

function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? "" : "s"}`;
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map(({ length }) => length));
}
