import { isOver } from "../../fleet/faults/fault.ts";
import type { FaultyHsms, FaultyRequests, SetFault } from "../../fleet/faults/fault.ts";
import { printable } from "../../text/printable.ts";
import { type Address, addressText } from "../../store/address.ts";

/** A fault in one line: `drop at h1:2225, command createUser, from request 2, once`. */
export function faultLine(fault: SetFault): string {
  const { kind, hsms, requests, from, times, until, milliseconds, code } = fault;
  const parts = [
    `${kind} ${hsms.kind === "none" ? "of the service" : `at ${hsmsText(hsms)}`}`,
    ...(milliseconds === undefined ? [] : [`${String(milliseconds)} ms`]),
    ...(code === undefined ? [] : [`with ${code}`]),
    requestsText(requests),
    ...(from > 1 ? [`from request ${String(from)} on`] : []),
    ...(times === undefined ? [] : [times === 1 ? "once" : `${String(times)} times`]),
    ...(until === undefined ? [] : [`until ${new Date(until).toISOString()}`]),
  ];
  return printable(parts.join(", "));
}

/** The faults that are set, a line each. */
export function faultsAsText(faults: readonly SetFault[]): readonly string[] {
  if (faults.length === 0) return ["no fault is set"];
  return faults.map((fault) => {
    const seen = fault.seen === 0 ? "" : `, ${String(fault.seen)} seen`;
    return `${String(fault.id)}  ${faultLine(fault)}${seen}${isOver(fault, Date.now()) ? ", over" : ""}`;
  });
}

/** A fault as docs/json.md describes it. */
export function faultAsJson(fault: SetFault): object {
  const { id, kind, hsms, requests, from, times, until, milliseconds, code, seen } = fault;
  return {
    id,
    kind,
    hsm: hsmsAsJson(hsms),
    request: requests.kind === "request" ? requests.name : undefined,
    command: requests.kind === "command" ? requests.name : undefined,
    operation: requests.kind === "operation" ? requests.name : undefined,
    from,
    times,
    until: until === undefined ? undefined : new Date(until).toISOString(),
    milliseconds,
    code,
    seen,
    isOver: isOver(fault, Date.now()),
  };
}

function hsmsAsJson(hsms: FaultyHsms): "all" | Address | undefined {
  if (hsms.kind === "none") return undefined;
  return hsms.kind === "all" ? "all" : { hostname: hsms.hostname, port: hsms.port };
}

function hsmsText(hsms: Exclude<FaultyHsms, { readonly kind: "none" }>): string {
  return hsms.kind === "all" ? "all HSMs" : addressText(hsms);
}

function requestsText(requests: FaultyRequests): string {
  if (requests.kind === "any") return "any request";
  return requests.kind === "operation" && requests.name === "any"
    ? "any operation"
    : `${requests.kind} ${requests.name}`;
}
