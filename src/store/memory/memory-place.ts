import type { MemoryHsm } from "./memory-hsm.ts";

/** What the shells of a process share of a home in memory. */
export class MemoryPlace {
  /** By {@link keyOf} their addresses. */
  readonly hsms = new Map<string, MemoryHsm>();
  /** What belongs to no HSM, once anything does. */
  records: MemoryHsm | undefined;
  /** The marks of the shells that are alive. */
  readonly marks = new Set<string>();
  /** Whether somebody creates HSMs. */
  isTaken = false;
}
