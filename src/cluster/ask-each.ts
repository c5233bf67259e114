import type { Answer, Done, Failed, Request } from "./answer.ts";
import type { Server } from "./server.ts";

/** What to do about a server that failed. */
export type Decision = "retry" | "ignore" | "abort" | "rollBack";

/** One request to several servers, and who hears their answers. */
export interface Round<T> {
  readonly servers: readonly Server[];
  readonly request: Request<T>;
  /** Called as each server succeeds, before the next one is asked. */
  readonly succeeded: (answer: Done<T>, before: readonly Answer<T>[]) => void;
  /** Decides what to do about a server's refusal, given how often it was retried. */
  readonly failed: (answer: Failed, before: readonly Answer<T>[], retries: number) => Promise<Decision>;
  /** Whether to stop before the next server: somebody pressed Ctrl-C. */
  readonly interrupted: () => Promise<boolean>;
}

/** The last answer of each server that was asked, and what ended the round. */
export interface Answers<T> {
  readonly answers: readonly Answer<T>[];
  readonly end: "everywhere" | "abort" | "rollBack" | "interrupted";
}

/**
 * Sends one request to each server in order, until all had it or somebody decides otherwise.
 *
 * @param answers takes the last answer of each server as it comes, for whoever throws halfway
 */
export async function askEach<T>(round: Round<T>, answers: Answer<T>[] = []): Promise<Answers<T>> {
  for (const [position, server] of round.servers.entries()) {
    if (position > 0 && (await round.interrupted())) return { answers, end: "interrupted" };
    const decision = await untilDecided(round, server, answers);
    if (decision !== "ignore") return { answers, end: decision };
  }
  return { answers, end: "everywhere" };
}

/** Asks one server, again and again as long as the decision is to retry. */
async function untilDecided<T>(
  round: Round<T>,
  server: Server,
  answers: Answer<T>[],
): Promise<Exclude<Decision, "retry">> {
  const before = [...answers];
  for (let retries = 0; ; retries++) {
    const answer = await server.ask(round.request);
    answers[before.length] = answer;
    if (answer.outcome === "done") {
      round.succeeded(answer, before);
      return "ignore";
    }
    const decision = await round.failed(answer, before, retries);
    if (decision !== "retry") return decision;
  }
}

/** Asks servers in order, whatever they answer. */
export async function askAll<T>(servers: readonly Server[], request: Request<T>): Promise<readonly Answer<T>[]> {
  const answers: Answer<T>[] = [];
  for (const server of servers) answers.push(await server.ask(request));
  return answers;
}
