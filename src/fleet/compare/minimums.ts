import { type QuorumService, quorumServices } from "../../hsm/quorum-service.ts";
import type { ImaginedHsm } from "./imagined-hsm.ts";
import { type Difference, differenceIn } from "./difference.ts";
import {
  type HasOfficer,
  type Line,
  type Obstacle,
  type Prerequisite,
  type Step,
  onServer,
  typed,
  unreachable,
} from "./repair.ts";

const services = Object.keys(quorumServices) as readonly QuorumService[];

/** The minimum that all HSMs are to have: the highest, for nothing leads back to 1, and no comparison loosens a quorum. */
function rightMinimum(hsms: readonly ImaginedHsm[], service: QuorumService): number {
  return Math.max(...hsms.map((on) => on.minimum(service)));
}

/** The services that do not take as many officers everywhere. */
export function minimumDifferences(
  hsms: readonly ImaginedHsm[],
): readonly (Pick<Step, "subject"> & { readonly differences: readonly Difference[] })[] {
  return services.flatMap((service) => {
    const right = rightMinimum(hsms, service);
    const seen = hsms.map((on) => ({ hsmId: on.id, value: on.minimum(service) }));
    const found = differenceIn("minimum", seen, (value) => value === right);
    return found === undefined ? [] : [{ subject: { kind: "minimum", service } as const, differences: [found] }];
  });
}

/**
 * The steps that raise minimums, after everything that a higher one would ask approval for: USER_MGMT first, as long as
 * MISC_CO takes one officer to set it, unless MISC_CO has to follow first.
 */
export function repairMinimums(hsms: readonly ImaginedHsm[], hasOfficer: HasOfficer): readonly Step[] {
  const isBehind = hsms.some(
    (on) =>
      on.minimum("USER_MGMT") > on.minimum("MISC_CO") && on.minimum("USER_MGMT") < rightMinimum(hsms, "USER_MGMT"),
  );
  const order = isBehind ? [...services].reverse() : services;
  const right = new Map(services.map((service) => [service, rightMinimum(hsms, service)]));
  return order.map((service) => raise(hsms, service, right.get(service) ?? 1, hasOfficer));
}

function raise(hsms: readonly ImaginedHsm[], service: QuorumService, minimum: number, hasOfficer: HasOfficer): Step {
  const lines: Line[] = [];
  const before: Prerequisite[] = [];
  const obstacles: Obstacle[] = [];
  for (const on of hsms) {
    if (on.minimum(service) === minimum) continue;
    const obstacle = obstacleTo(on, service, minimum, hasOfficer);
    if (obstacle !== undefined || on.hsm.server === undefined) {
      obstacles.push(obstacle ?? unreachable(on));
      continue;
    }
    const approvers = on.minimum("MISC_CO");
    if (approvers > 1)
      before.push({ kind: "quorum", hsmId: on.id, service: "MISC_CO", minimum: approvers, operations: 1 });
    const command = `setMValue ${String(quorumServices[service])} ${String(minimum)}`;
    lines.push(...onServer(on.hsm.server, ...typed(command, "y")));
    on.setMinimum(service, minimum);
  }
  return { subject: { kind: "minimum", service }, lines, before, obstacles };
}

function obstacleTo(
  on: ImaginedHsm,
  service: QuorumService,
  minimum: number,
  hasOfficer: HasOfficer,
): Obstacle | undefined {
  if (on.hsm.server === undefined || !hasOfficer(on)) return unreachable(on);
  const officers = [...on.users].filter(({ type }) => type === "CO" || type === "PCO");
  if (officers.length < minimum) return { kind: "officers", hsmId: on.id, minimum };
  return on.minimum("MISC_CO") < on.minimum(service) ? { kind: "order", hsmId: on.id } : undefined;
}
