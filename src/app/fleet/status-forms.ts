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
export function statusAsText({ clusters, unusable, missing }: FleetStatus, home: Home): readonly string[] {
  if (clusters.length + unusable.length + missing.length === 0) return nothingIn(home);
  return [
    ...clusters.flatMap((cluster, position) => [...(position > 0 ? [""] : []), ...clusterLines(cluster)]),
    ...unusable.map((hsm) => printable(`${placeOf(hsm)}: ${reasonOf(hsm, home)}`)),
    ...missing.map((address) => printable(`${placeOf(address)}: not created yet`)),
  ];
}

/** What is said of a home without any HSM. */
export function nothingIn(home: Home): readonly string[] {
  return [printable(`${home.name} holds no HSM`)];
}

/** What a home holds as one JSON object (docs/json.md). */
export function statusAsJson({ clusters, unusable, missing }: FleetStatus, home: Home): string {
  return oneLine({
    clusters,
    missing,
    unusable: unusable.map((hsm) => ({ hostname: hsm.hostname, port: hsm.port, reason: reasonOf(hsm, home) })),
  });
}

/** Why no HSM answers at an address, and what to do about it. */
export function reasonOf({ found, ...address }: UnusableHsm, home: Home): string {
  return found.kind === "failed" ? damageOf(home, address, found.error) : mendOf(found, address, home);
}

/** What is said of a cluster before its HSMs. */
export function clusterHeading({ id, clones, hsms }: ClusterStatus): string {
  const relation = clones.length === 0 ? "" : `, a clone of ${clones.join(", ")}`;
  return `${id}, ${counted(hsms.length, "HSM")}${relation}`;
}

/** So much of the mark of a login's shell as tells it from others. */
export function shellOf({ shell }: PresentLogin): string {
  return shell.slice(0, shortMark);
}

function clusterLines(cluster: ClusterStatus): readonly string[] {
  const { hsms } = cluster;
  const places = widest(hsms.map(placeOf));
  const ids = widest(hsms.map(({ hsmId }) => hsmId));
  return [
    printable(clusterHeading(cluster)),
    ...hsms.flatMap((hsm) => [
      printable(`  ${placeOf(hsm).padEnd(places)}  ${hsm.hsmId.padEnd(ids)}  ${contentOf(hsm)}`),
      ...hsm.logins.map((login) => printable(`    ${loginLine(login)}`)),
    ]),
  ];
}

function contentOf({ users, tokenKeys, region }: PresentHsm): string {
  const place = region === undefined ? "" : `, in ${region}`;
  return `${counted(users, "user")}, ${counted(tokenKeys, "key")}${place}`;
}

function loginLine(login: PresentLogin): string {
  return `${login.name} (${login.type}) is logged in from shell ${shellOf(login)}`;
}

/** Where an HSM answers, as one word. */
export function placeOf({ hostname, port }: Address): string {
  return `${hostname}:${String(port)}`;
}

function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? "" : "s"}`;
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map(({ length }) => length));
}
