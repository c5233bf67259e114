/** What vendors' shells do in different ways, where no HSM decides it. */
export interface Traits {
  /** Whether a session ends or goes on where a server cannot be reached at its start. */
  readonly unreachableAtStart: "ends" | "goesOn";
}

/** What a shell does, unless its vendor's does otherwise. */
export const usualTraits: Traits = { unreachableAtStart: "ends" };
