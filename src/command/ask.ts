import { type Answer, type Failed, type Request, isDone } from "../cluster/answer.ts";
import { type Answers, type Round, askEach } from "../cluster/ask-each.ts";
import type { Server } from "../cluster/server.ts";
import type { Hsm, SessionHandle } from "../hsm/hsm.ts";
import { Cancelled } from "./cancelled.ts";
import type { CommandContext } from "./command.ts";
import { decide } from "./questions.ts";
import { type FailureLine, adviseOn, failure, isPassedOver } from "./request-lines.ts";

/** What is asked about a server that failed: R/I/A, or where the request can be undone, R/B/I. */
export type OnFailure<T> =
  "retryIgnoreAbort" | { readonly undo: (hsm: Hsm, session: SessionHandle, value: T) => Promise<unknown> };

/** A request to servers, and what is said of those that fail. */
export interface Asking<T> {
  readonly servers: readonly Server[];
  readonly request: Request<T>;
  readonly succeeded: Round<T>["succeeded"];
  /** What is printed above the lines of a failure. */
  readonly failureHeading?: ((failed: Failed, before: readonly Answer<T>[]) => readonly string[]) | undefined;
  readonly failureLine?: FailureLine | undefined;
  /** Left out, the next server has its turn. */
  readonly onFailure?: OnFailure<T> | undefined;
}

/**
 * Sends a request to servers in order, tells of failures and asks what to do. Returns the servers on which it was undone.
 * Throws {@link Cancelled} where somebody stops it between two servers, at a question or while one of them waits for
 * another process; it says how far the command had come.
 *
 * @param answers takes the last answer of each server as it comes
 */
export async function ask<T>(
  context: CommandContext,
  asking: Asking<T>,
  answers: Answer<T>[],
): Promise<readonly Server[]> {
  const { servers, onFailure } = asking;
  const end = await askInTurn(context, asking, answers).catch((error: unknown) => {
    throw error instanceof Cancelled ? error.after(extentOf(context, servers, answers)) : error;
  });
  return end === "rollBack" && typeof onFailure === "object" ? rollBack(context, answers, onFailure.undo) : [];
}

async function askInTurn<T>(
  context: CommandContext,
  { servers, request, succeeded, failureHeading, failureLine, onFailure }: Asking<T>,
  answers: Answer<T>[],
): Promise<Answers<T>["end"]> {
  const round: Round<T> = {
    servers,
    request,
    succeeded,
    failed: async (failed, before, retries) => {
      const heading = failureHeading?.(failed, before) ?? [];
      context.output.print(...heading, ...failure(context, failed, failureLine));
      adviseOn(context, failed.error);
      if (onFailure === undefined || isPassedOver(context.dialect, failed)) return "ignore";
      const usual = typeof onFailure === "object" ? "retryRollBackIgnore" : onFailure;
      return decide(context, context.offered.onFailure ?? usual, retries);
    },
    interrupted: () => context.questions.interrupted(),
  };
  const { end } = await askEach<T>(round, answers);
  if (end === "interrupted") throw new Cancelled("interrupted");
  return end;
}

/** On which servers a command was done that stopped halfway: what is done stays. */
function extentOf<T>({ command }: CommandContext, servers: readonly Server[], answers: readonly Answer<T>[]): string {
  const labels = (some: readonly Server[]): string =>
    `${some.length === 1 ? "server" : "servers"} ${some.map(({ label }) => label).join(", ")}`;
  const done = answers.filter(isDone).map(({ server }) => server);
  if (done.length === 0) return `${command} was done on no server.`;
  return `${command} was done on ${labels(done)}, and not on ${labels(servers.filter((each) => !done.includes(each)))}.`;
}

/** Undoes a request, the last server first. A server where that fails does not stop the others. */
async function rollBack<T>(
  { command, dialect, output }: CommandContext,
  answers: readonly Answer<T>[],
  undo: (hsm: Hsm, session: SessionHandle, value: T) => Promise<unknown>,
): Promise<readonly Server[]> {
  const rolledBack: Server[] = [];
  const done = answers.filter(isDone).reverse();
  if (done.length === 0) output.print(dialect.nothingToRollBack(command));
  for (const { server, value } of done) {
    const undone = await server.ask((hsm, session) => undo(hsm, session, value));
    if (isDone(undone)) {
      rolledBack.push(server);
      output.print(dialect.rolledBackOn(command, server.label));
    } else output.print(dialect.failed(command, undone.error.message), dialect.notRolledBackOn(command, server.label));
  }
  return rolledBack;
}
