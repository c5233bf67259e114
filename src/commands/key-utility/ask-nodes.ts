import { type Answer, type Request, isDone } from "../../cluster/answer.ts";
import type { Server } from "../../cluster/server.ts";
import type { KeyUtilityWording, NodeAnswer } from "../../command/key-utility-wording.ts";
import type { Result } from "../../command/result.ts";
import type { HsmError, ReturnCodeName } from "../../hsm/return-code.ts";
import type { KeyContext } from "./key-command.ts";

/** What each node answered, as the block of node lines has it. */
export function nodeAnswers(
  { firstNode }: Pick<KeyUtilityWording, "firstNode">,
  answers: readonly Answer<unknown>[],
): readonly NodeAnswer[] {
  return answers.map((answer) => ({
    node: firstNode + answer.server.id,
    error: isDone(answer) ? undefined : answer.error,
  }));
}

/** Why a server that was asked did not answer with a value. */
export function errorOf(answer: Answer<unknown> | undefined): HsmError | undefined {
  return answer === undefined || isDone(answer) ? undefined : answer.error;
}

/**
 * Asks the first node that can be reached, and no other where it refuses: what is asked of the cluster and not of each
 * node. Those that could not be reached are among the answers.
 */
export async function askFirst<T>(
  servers: readonly Server[],
  requestTo: (server: Server) => Request<T>,
): Promise<readonly Answer<T>[]> {
  const answers: Answer<T>[] = [];
  for (const server of servers) {
    const answer = await server.ask(requestTo(server));
    answers.push(answer);
    if (isDone(answer) || answer.error.returnCode !== "SERVER_UNAVAILABLE") break;
  }
  return answers;
}

/**
 * Asks the nodes in use in order until one has the keys that the request is about: one that lacks it, as one that cannot be
 * reached, leaves it to the next.
 */
export async function askHolder<T>(context: KeyContext, request: Request<T>): Promise<readonly Answer<T>[]> {
  const answers: Answer<T>[] = [];
  for (const server of nodesInUse(context)) {
    const answer = await server.ask(request);
    answers.push(answer);
    if (isDone(answer) || !elsewhere.has(answer.error.returnCode)) break;
  }
  return answers;
}

const elsewhere: ReadonlySet<ReturnCodeName> = new Set(["SERVER_UNAVAILABLE", "INVALID_OBJECT_HANDLE"]);

/** The nodes at which this shell is logged in; where it is at none, all of them, to be refused. */
export function nodesInUse({ cluster }: KeyContext): readonly Server[] {
  const loggedIn = cluster.servers.filter(({ login }) => login !== undefined);
  return loggedIn.length > 0 ? loggedIn : cluster.servers;
}

/** An answer of the utility: a blank line, blocks of lines with blank lines between, and a blank line. */
export function answered(
  { output }: KeyContext,
  outcome: "done" | "failed",
  answers: Result["answers"],
  blocks: readonly (readonly string[])[],
): Result {
  output.print(...blocks.filter((block) => block.length > 0).flatMap((block) => ["", ...block]), "");
  return { outcome, answers };
}
