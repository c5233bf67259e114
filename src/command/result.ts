import type { Answer } from "../cluster/answer.ts";
import type { Server } from "../cluster/server.ts";

/** How a command ended: `failed` is what `--bail` looks for. */
export type Outcome = "done" | "failed" | "quit";

/** What happened on a server: it did the request, refused it, or did it and undid it again. */
export type ServerOutcome = Answer<unknown> | { readonly server: Server; readonly outcome: "rolledBack" };

/** How a command ended, and what each server answered that it asked. */
export interface Result {
  readonly outcome: Outcome;
  /** The data of each answer, in the order in which servers were asked; never a secret. Empty where none was. */
  readonly answers: readonly ServerOutcome[];
  /** What a command says that asks no server. */
  readonly lines?: readonly string[];
  /** Whether its words were wrong, or a file that they name: no HSM has refused anything. */
  readonly isMisuse?: true;
  /** What kept it from going on, where something did: {@link Cancelled}, {@link Refused}, or a fault. */
  readonly ended?: unknown;
}

/** A command that did not go on, with what servers had answered before. */
export function endedBy(ended: unknown, answers: readonly ServerOutcome[] = []): Result {
  return { outcome: "failed", answers, ended };
}

/** A command that only says something. */
export function said(...lines: readonly string[]): Result {
  return { outcome: "done", answers: [], lines };
}
