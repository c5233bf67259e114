import * as v from "valibot";
import type { HsmSelector } from "../../fleet/service/delete-hsm.ts";
import { address, eniId, id, ipAddress, zone } from "./member-kinds.ts";
import { type Operation, operation } from "./operation.ts";
import { hsmShape } from "./output-shapes.ts";
import { Refusal } from "./refusal.ts";

/** The operations on HSMs. */
export const hsmOperations = {
  CreateHsm: operation(
    { ClusterId: id, AvailabilityZone: zone, IpAddress: v.optional(ipAddress) },
    "changes",
    async ({ ClusterId: cluster, AvailabilityZone: where, IpAddress: ip }, { plane, faults }) => ({
      Hsm: hsmShape(await plane.createHsm(cluster, { zone: where, ip, degraded: faults.isDegraded })),
    }),
  ),

  DeleteHsm: operation(
    { ClusterId: id, HsmId: v.optional(id), EniId: v.optional(eniId), EniIp: v.optional(address) },
    "changes",
    async ({ ClusterId: cluster, HsmId: hsm, EniId: eni, EniIp: ip }, { plane }) => ({
      HsmId: await plane.deleteHsm(cluster, selectorOf(hsm, eni, ip)),
    }),
  ),
} as const satisfies Readonly<Record<string, Operation>>;

function selectorOf(hsm: string | undefined, eni: string | undefined, ip: string | undefined): HsmSelector {
  const selectors: HsmSelector[] = [];
  if (hsm !== undefined) selectors.push({ by: "id", id: hsm });
  if (eni !== undefined) selectors.push({ by: "eniId", eniId: eni });
  if (ip !== undefined) selectors.push({ by: "ip", ip });
  const [selector, ...others] = selectors;
  if (selector !== undefined && others.length === 0) return selector;
  throw new Refusal("CloudHsmInvalidRequestException", "Exactly one of HsmId, EniId and EniIp must name the HSM.");
}
