import type { Answer } from "../cluster/answer.ts";

/** How a command ended: `failed` is what `--bail` looks for. */
export type Outcome = "done" | "failed" | "quit";

/** How a command ended, and what each server answered that it asked. */
export interface Result {
  readonly outcome: Outcome;
  /** The data of each answer, in the order in which servers were asked; never a secret. Empty where none was. */
  readonly answers: readonly Answer<unknown>[];
}
