import type { RequestName } from "../hsm/requests.ts";
import { type ReturnCodeName, returnCodes } from "../hsm/return-code.ts";
import type { ServiceOperation } from "./service-operation.ts";

/**
 * What can go wrong on the road between a shell and an HSM:
 *
 * - `unreachable`: nobody answers, at the start of a shell either
 * - `drop`: the connection is made, and breaks at a request
 * - `refuse`: the HSM refuses with a return code, and records that
 * - `lose-answer`: the HSM does it, and nobody hears of that
 * - `delay`: it takes longer
 * - `no-e2e`: the connection is not encrypted end to end, until enable_e2e works
 */
export const roadFaultKinds = ["unreachable", "drop", "refuse", "lose-answer", "delay", "no-e2e"] as const;

/** With what an HSM can be made to refuse. */
export const refusalCodes = (Object.keys(returnCodes) as ReturnCodeName[]).filter((name) => name !== "SUCCESS");

/** One of {@link roadFaultKinds}. */
export type RoadFaultKind = (typeof roadFaultKinds)[number];

/**
 * What can go wrong only between the AWS CLI and the service, which `cloudhsm-sim serve` plays; an answer can be lost there,
 * too:
 *
 * - `throttle`: the service refuses an operation, since there are too many
 * - `degraded`: an HSM cannot be created, and has to be deleted
 * - `lag`: an activated cluster is shown as initialized for a while
 */
const serviceFaultKinds = ["throttle", "degraded", "lag"] as const;

/** All that can go wrong. */
export const faultKinds = [...roadFaultKinds, ...serviceFaultKinds] as const;

/** One of {@link faultKinds}. */
export type FaultKind = (typeof faultKinds)[number];

/** Milliseconds: a longer delay would be taken for a shell that hangs for good. */
export const longestDelay = 600_000;

/** Milliseconds of a delay where nobody says how long. */
export const usualDelay = 500;

/** Milliseconds of a lag where nobody says how long: what has been measured of the service. */
export const usualLag = 80_000;

/** A fault as somebody describes it: in a YAML file, or on a command line. */
export interface FaultEntry {
  /** An HSM's id, `hostname` or `hostname:port`, or `all`; left out for a fault of the service. */
  readonly hsm?: string | undefined;
  readonly kind: FaultKind;
  /** The only request that it is for. */
  readonly request?: RequestName | undefined;
  /** The only command of a shell that it is for. */
  readonly command?: string | undefined;
  /** The only operation of the service that it is for, or `any`. */
  readonly operation?: ServiceOperation | "any" | undefined;
  /** The first of these requests that meets it, from 1. */
  readonly from: number;
  /** How many meet it; undefined is all from then on. */
  readonly times?: number | undefined;
  /** How long it is set, in milliseconds; undefined is until it is cleared. */
  readonly lasts?: number | undefined;
  /** How long a `delay` or a `lag` is. */
  readonly milliseconds?: number | undefined;
  /** What a `refuse` answers. */
  readonly code?: ReturnCodeName | undefined;
}

/** Whether a fault is one of the service, and not of HSMs. */
export function isOfService({ kind, operation }: FaultEntry): boolean {
  return operation !== undefined || isServiceKind(kind);
}

/** What keeps a fault from making sense; undefined where it does. */
export function faultProblem(entry: FaultEntry): string | undefined {
  const { hsm, kind, request, command, milliseconds, code } = entry;
  if (isOfService(entry)) return serviceFaultProblem(entry);
  if (hsm === undefined) return "needs an HSM: its id, hostname, or hostname:port, or all";
  if (request !== undefined && command !== undefined) return "is for a request or for a command, not for both";
  if (kind === "refuse" && code === undefined) return "needs a code: what the HSM refuses with (NOT_AUTHORISED)";
  if (kind !== "refuse" && code !== undefined) return "takes a code only for the kind refuse";
  if (kind !== "delay" && milliseconds !== undefined) return "takes milliseconds only for the kinds delay and lag";
  return undefined;
}

function serviceFaultProblem({ hsm, kind, request, command, operation, from, times, milliseconds, code }: FaultEntry) {
  if (hsm !== undefined || request !== undefined || command !== undefined) {
    return "is for the service, or for HSMs: with an operation, or a kind of the service, name no HSM, request or command";
  }
  if (kind !== "lose-answer" && !isServiceKind(kind)) {
    return `of an operation is one of lose-answer, ${serviceFaultKinds.join(", ")}`;
  }
  if (kind === "degraded" && operation !== undefined && operation !== "CreateHsm") {
    return "of the kind degraded is for the operation CreateHsm";
  }
  if (kind === "lag" && (operation !== undefined || from > 1 || times !== undefined)) {
    return "of the kind lag begins with an activation: it takes no operation, and counts none";
  }
  if (code !== undefined) return "takes a code only for the kind refuse";
  if (kind !== "lag" && milliseconds !== undefined) return "takes milliseconds only for the kinds delay and lag";
  return undefined;
}

function isServiceKind(kind: FaultKind): boolean {
  return (serviceFaultKinds as readonly FaultKind[]).includes(kind);
}
