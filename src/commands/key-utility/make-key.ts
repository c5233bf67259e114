import { setTimeout as pause } from "node:timers/promises";
import { type Answer, isDone } from "../../cluster/answer.ts";
import type { Server } from "../../cluster/server.ts";
import type { KeyCall } from "../../command/key-utility-wording.ts";
import type { Result } from "../../command/result.ts";
import type { Hsm, SessionHandle } from "../../hsm/hsm.ts";
import type { KeyWish } from "../../hsm/key-making.ts";
import { HsmError, type ReturnCodeName } from "../../hsm/return-code.ts";
import { answered, askFirst, errorOf, nodeAnswers, nodesInUse } from "./ask-nodes.ts";
import type { KeyContext } from "./key-command.ts";
import type { keyOptions } from "./key-options.ts";
import type { Given } from "./options.ts";

/** Milliseconds between two tries to have a key on more HSMs. */
const retry = 500;

/** What was given to a command that makes a key. */
export type GivenOfKey = Partial<Given<typeof keyOptions>>;

/** How a key is made on one HSM, and how it is told of. */
export interface Making<T> {
  readonly call: KeyCall;
  readonly request: (hsm: Hsm, session: SessionHandle, wish: KeyWish) => Promise<T>;
  /** The handles of what was made. */
  readonly handles: (made: T) => readonly number[];
  /** What is said of it in a block of its own. */
  readonly created?: (made: T) => string;
  /** What is said of it right below the first line. */
  readonly below?: (made: T) => readonly string[];
  /** The blocks before that, where they are more than the line of the call. */
  readonly opening?: (error: HsmError | undefined) => readonly (readonly string[])[];
  /** What the line of a node says of POLICY_VIOLATION, where it is something else. */
  readonly violation?: ReturnCodeName;
}

/**
 * Makes a key on the first node that answers, and copies it to all others under the same handle; a session key stays where
 * it was made. Where too few nodes have it in time, it is deleted again.
 */
export async function makeKey<T>(context: KeyContext, given: GivenOfKey, making: Making<T>): Promise<Result> {
  const { words } = context;
  const { timeout } = given;
  const minServers = Math.max(given.minServers ?? 1, context.minimumNodes);
  const nodes = nodesInUse(context);
  if (minServers > context.cluster.servers.length) return tooFew(context, making.call, [], []);
  const asked = await askFirst(
    nodes,
    ({ id }) =>
      (hsm, session) =>
        making.request(hsm, session, wishOf(context, given, id)),
  );
  const made = asked.find(isDone);
  const answers: Answer<unknown>[] = [...asked];
  if (made !== undefined && given.session !== true) {
    const handles = making.handles(made.value);
    const others = nodes.filter((server) => !answers.some((answer) => answer.server === server));
    answers.push(...(await copies(made.server, others, handles)));
    await untilEnough(answers, made.server, handles, { minServers, timeout });
    if (answers.filter(isDone).length < minServers) return tooFew(context, making.call, answers, handles);
  }
  answers.sort((one, other) => one.server.id - other.server.id);
  const refused = made === undefined ? errorOf(asked.at(-1)) : undefined;
  const created = made === undefined || making.created === undefined ? [] : [making.created(made.value)];
  const below = made === undefined ? [] : (making.below?.(made.value) ?? []);
  return answered(context, made === undefined ? "failed" : "done", answers, [
    ...(making.opening?.(refused) ?? [[words.returned(making.call, refused), ...below]]),
    created,
    made !== undefined && given.attest === true ? words.attestation : [],
    words.nodes(
      nodeAnswers(
        words,
        answers.map((answer) => toldAs(answer, making.violation)),
      ),
    ),
  ]);
}

function toldAs(answer: Answer<unknown>, violation: ReturnCodeName | undefined): Answer<unknown> {
  const isViolation = !isDone(answer) && answer.error.returnCode === "POLICY_VIOLATION";
  return isViolation && violation !== undefined ? { ...answer, error: new HsmError(violation) } : answer;
}

function wishOf({ words }: KeyContext, given: GivenOfKey, node: number): KeyWish {
  const { label = "", id = "", session = false, notExtractable = false, users = [], approvals = 0 } = given;
  return {
    label,
    id,
    token: !session,
    extractable: !notExtractable,
    sharedWith: users,
    // 0 and 1 both say that the owner's word is enough.
    mValue: Math.max(1, approvals),
    wrapWithTrusted: given.wrapWithTrusted ?? words.newKeysWrapWithTrusted ?? false,
    node: words.firstNode + node,
  };
}

/** Copies keys from one node to others, and returns what each of these answered. */
async function copies(
  from: Server,
  to: readonly Server[],
  handles: readonly number[],
): Promise<readonly Answer<unknown>[]> {
  const answers: Answer<unknown>[] = [];
  for (const server of to) {
    let answer: Answer<unknown> | undefined;
    for (const handle of handles) {
      const masked = await from.ask((hsm, session) => hsm.keys.extract(session, handle));
      answer = isDone(masked) ? await server.ask((hsm, session) => hsm.keys.insert(session, masked.value)) : masked;
      if (!isDone(answer)) break;
    }
    if (answer !== undefined) answers.push({ ...answer, server });
  }
  return answers;
}

/** Tries again those that have no copy until enough have one, or the time is up. */
async function untilEnough(
  answers: Answer<unknown>[],
  maker: Server,
  handles: readonly number[],
  { minServers, timeout }: { readonly minServers: number; readonly timeout: number | undefined },
): Promise<void> {
  const end = timeout === undefined ? Infinity : performance.now() + timeout * 1000;
  while (answers.filter(isDone).length < minServers && performance.now() < end) {
    await pause(retry);
    const failed = answers.filter((answer) => !isDone(answer)).map(({ server }) => server);
    for (const again of await copies(maker, failed, handles)) {
      answers[answers.findIndex(({ server }) => server === again.server)] = again;
    }
  }
}

async function tooFew(
  context: KeyContext,
  call: KeyCall,
  answers: readonly Answer<unknown>[],
  handles: readonly number[],
): Promise<Result> {
  for (const { server } of answers.filter(isDone)) {
    for (const handle of handles) await server.ask((hsm, session) => hsm.making.delete(session, handle));
  }
  const { words } = context;
  return answered(context, "failed", answers, [
    [words.returned(call, new HsmError("SERVER_UNAVAILABLE"))],
    words.nodes(nodeAnswers(words, answers)),
  ]);
}
