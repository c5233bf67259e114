import type { RequestName } from "../hsm/requests.ts";
import type { ReturnCodeName } from "../hsm/return-code.ts";

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
export const faultKinds = ["unreachable", "drop", "refuse", "lose-answer", "delay", "no-e2e"] as const;

/** One of {@link faultKinds}. */
export type FaultKind = (typeof faultKinds)[number];

/** Milliseconds: a longer delay would be taken for a shell that hangs for good. */
export const longestDelay = 600_000;

/** Milliseconds of a delay where nobody says how long. */
export const usualDelay = 500;

/** A fault as somebody describes it: in a YAML file, or on a command line. */
export interface FaultEntry {
  /** An HSM's id, `hostname` or `hostname:port`, or `all`. */
  readonly hsm: string;
  readonly kind: FaultKind;
  /** The only request that it is for. */
  readonly request?: RequestName | undefined;
  /** The only command of a shell that it is for. */
  readonly command?: string | undefined;
  /** The first of these requests that meets it, from 1. */
  readonly from: number;
  /** How many meet it; undefined is all from then on. */
  readonly times?: number | undefined;
  /** How long it is set, in milliseconds; undefined is until it is cleared. */
  readonly lasts?: number | undefined;
  /** How long a `delay` is. */
  readonly milliseconds?: number | undefined;
  /** What a `refuse` answers. */
  readonly code?: ReturnCodeName | undefined;
}

/** What keeps a fault from making sense; undefined where it does. */
export function faultProblem({ kind, request, command, milliseconds, code }: FaultEntry): string | undefined {
  if (request !== undefined && command !== undefined) return "is for a request or for a command, not for both";
  if (kind === "refuse" && code === undefined) return "needs a code: what the HSM refuses with (NOT_AUTHORISED)";
  if (kind !== "refuse" && code !== undefined) return "takes a code only for the kind refuse";
  if (kind !== "delay" && milliseconds !== undefined) return "takes milliseconds only for the kind delay";
  return undefined;
}
