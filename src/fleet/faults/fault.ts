import { type FaultKind, type RoadFaultKind, roadFaultKinds } from "../../config/fault-entry.ts";
import type { ServiceOperation } from "../../config/service-operation.ts";
import type { RequestName } from "../../hsm/requests.ts";
import type { ReturnCodeName } from "../../hsm/return-code.ts";
import { type Address, isSameAddress } from "../../store/address.ts";

/**
 * Which requests a fault is for: all of them, those of one name, or those that one command of a shell makes; of the service,
 * which of its operations.
 */
export type FaultyRequests =
  | { readonly kind: "any" }
  | { readonly kind: "request"; readonly name: RequestName }
  | { readonly kind: "command"; readonly name: string }
  | { readonly kind: "operation"; readonly name: ServiceOperation | "any" };

/**
 * Which HSMs a fault is for: all of the home, also those that come later, or the one at an address; none, where it is one of
 * the service.
 */
export type FaultyHsms = { readonly kind: "all" } | ({ readonly kind: "one" } & Address) | { readonly kind: "none" };

/** Something that is to go wrong. */
export interface Fault {
  readonly kind: FaultKind;
  readonly hsms: FaultyHsms;
  readonly requests: FaultyRequests;
  /** The first of these requests that meets it, from 1. */
  readonly from: number;
  /** How many requests meet it; left out, all from then on. */
  readonly times?: number;
  /** When it ends, in milliseconds since 1970; left out, when somebody clears it. */
  readonly until?: number;
  /** How long a `delay` or a `lag` is. */
  readonly milliseconds?: number;
  /** What a `refuse` answers. */
  readonly code?: ReturnCodeName;
}

/** A fault that is set. */
export interface SetFault extends Fault {
  readonly id: number;
  /** How many requests that it is for were made so far; counted only where it matters. */
  readonly seen: number;
}

/** One occasion for a fault. */
export type Occasion = HsmOccasion | { readonly operation: ServiceOperation };

/** The start of a shell, or a request, with the command that makes it. */
interface HsmOccasion extends Address {
  /** Undefined at the start of a shell. */
  readonly request: RequestName | undefined;
  /** Undefined outside commands: what the shell asks for itself advances no count. */
  readonly command: string | undefined;
}

/** Whether a fault counts the requests that it is for. */
export function isCounted({ from, times }: Fault): boolean {
  return from > 1 || times !== undefined;
}

/** Whether it cannot happen any more. */
export function isOver({ from, times, until, seen }: SetFault, now: number): boolean {
  return (times !== undefined && seen >= from + times - 1) || (until !== undefined && now >= until);
}

/** Whether the next request of its kind meets it. */
export function meetsNext(fault: SetFault, now: number): boolean {
  return !isOver(fault, now) && fault.seen + 1 >= fault.from;
}

/** Whether a fault is for the HSM at an address. */
export function isAt({ hsms }: Fault, address: Address): boolean {
  return hsms.kind === "all" || (hsms.kind === "one" && isSameAddress(hsms, address));
}

/** A fault that is met on the road to an HSM. */
export type RoadFault = SetFault & { readonly kind: RoadFaultKind };

/** Whether a fault is one of the road to an HSM. */
export function isOnRoad(fault: SetFault): fault is RoadFault {
  return (roadFaultKinds as readonly FaultKind[]).includes(fault.kind);
}

/** Whether an occasion advances counts: what a shell asks for itself does not. */
export function advancesCounts(occasion: Occasion): boolean {
  return "operation" in occasion || occasion.request === undefined || occasion.command !== undefined;
}

/** Whether a fault is for an occasion, whatever its count. */
export function isFor(fault: Fault, occasion: Occasion): boolean {
  const { kind, requests } = fault;
  if ("operation" in occasion) {
    return requests.kind === "operation" && ["any", occasion.operation].includes(requests.name);
  }
  const { request, command } = occasion;
  if (!isAt(fault, occasion)) return false;
  // It needs no encryption.
  if (kind === "no-e2e" && request === "identify") return false;
  // What is for some requests only is met by those.
  if (request === undefined) return requests.kind === "any" && atStart.includes(kind);
  return requests.kind === "any" || requests.name === (requests.kind === "request" ? request : command);
}

/** What a shell meets at its start. */
const atStart: readonly FaultKind[] = ["unreachable", "delay", "no-e2e"];
