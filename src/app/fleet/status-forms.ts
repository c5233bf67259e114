import { counted } from "./counted.ts";
import { mendOf } from "../connect.ts";
import { damageOf } from "../damages.ts";
import { type SetFault, isAt } from "../../fleet/faults/fault.ts";
import type { HsmNotUp } from "../../fleet/hsm-states.ts";
import type { ClusterStatus, FleetStatus, PresentHsm, UnusableHsm } from "../../fleet/status.ts";
import type { PresentLogin } from "../../simulator/present-logins.ts";
import { type Address, addressText } from "../../store/address.ts";
import type { Home } from "../../store/home.ts";
import { oneLine } from "../../text/json.ts";
import { printable } from "../../text/printable.ts";

/** Characters of a shell's mark that tell it from others. */
const shortMark = 8;

/** What a home holds, and which faults are set there. */
export interface ShownStatus extends FleetStatus {
  readonly faults: readonly SetFault[];
}

/** What a home holds, line by line. */
export function statusAsText(status: ShownStatus, home: Home): readonly string[] {
  if (isEmpty(status)) return nothingIn(home);
  const { clusters, unusable, destroyed, missing, faults } = status;
  return [
    ...clusters.flatMap((cluster, position) => [...(position > 0 ? [""] : []), ...clusterLines(cluster, faults)]),
    ...unusable.map((hsm) => printable(`${addressText(hsm)}: ${reasonOf(hsm, home)}`)),
    ...destroyed.map(destroyedLine),
    ...missing.map(missingLine),
  ];
}

/** Whether there is nothing to show. */
export function isEmpty({ clusters, unusable, destroyed, missing }: FleetStatus): boolean {
  return clusters.length + unusable.length + destroyed.length + missing.length === 0;
}

/** What is said of an HSM that is gone. */
export function destroyedLine(hsm: HsmNotUp): string {
  return printable(`${addressText(hsm)}: ${hsm.hsmId} of ${hsm.clusterId} is destroyed`);
}

/** What is said of an address of the configuration without an HSM. */
export function missingLine(address: Address): string {
  return printable(`${addressText(address)}: not created yet`);
}

/** What is said of a home without any HSM. */
export function nothingIn(home: Home): readonly string[] {
  return [printable(`${home.name} holds no HSM`)];
}

/** What a home holds as one JSON object (docs/json.md). */
export function statusAsJson(status: ShownStatus, home: Home): string {
  const { clusters, unusable, destroyed, missing, faults } = status;
  return oneLine({
    clusters: clusters.map(({ hsms, ...cluster }) => ({
      ...cluster,
      hsms: hsms.map((hsm) => ({ ...hsm, faults: faultsAt(hsm, faults).map(({ id, kind }) => ({ id, kind })) })),
    })),
    missing,
    destroyed: destroyed.map(({ hostname, port, hsmId, clusterId }) => ({ hostname, port, hsmId, clusterId })),
    unusable: unusable.map((hsm) => ({ hostname: hsm.hostname, port: hsm.port, reason: reasonOf(hsm, home) })),
  });
}

/** The faults that are for an HSM. */
export function faultsAt(hsm: Address, faults: readonly SetFault[]): readonly SetFault[] {
  return faults.filter((fault) => isAt(fault, hsm));
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

function clusterLines(cluster: ClusterStatus, faults: readonly SetFault[]): readonly string[] {
  const { hsms } = cluster;
  const places = widest(hsms.map(addressText));
  const ids = widest(hsms.map(({ hsmId }) => hsmId));
  return [
    printable(clusterHeading(cluster)),
    ...hsms.flatMap((hsm) => [
      printable(`  ${addressText(hsm).padEnd(places)}  ${hsm.hsmId.padEnd(ids)}  ${contentOf(hsm, faults)}`),
      ...hsm.logins.map((login) => printable(`    ${loginLine(login)}`)),
    ]),
  ];
}

function contentOf(hsm: PresentHsm, faults: readonly SetFault[]): string {
  const { users, tokenKeys, region, state } = hsm;
  const own = faultsAt(hsm, faults).map(({ id, kind }) => `${String(id)} (${kind})`);
  return [
    counted(users, "user"),
    counted(tokenKeys, "key"),
    ...(region === undefined ? [] : [`in ${region}`]),
    ...(state === "up" ? [] : [state]),
    ...(own.length === 0 ? [] : [`${own.length === 1 ? "fault" : "faults"} ${own.join(", ")}`]),
  ].join(", ");
}

function loginLine(login: PresentLogin): string {
  return `${login.name} (${login.type}) is logged in from shell ${shellOf(login)}`;
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map(({ length }) => length));
}
