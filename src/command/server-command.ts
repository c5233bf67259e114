import { type Answer, isDone } from "../cluster/answer.ts";
import type { Hsm, Login, SessionHandle } from "../hsm/hsm.ts";
import type { Server } from "../cluster/server.ts";
import { type Asking, type OnFailure, ask } from "./ask.ts";
import { type Arguments, type Offerable, type CommandContext, type Declaration, command } from "./command.ts";
import type { Parameter } from "./parameter.ts";
import { caution } from "./questions.ts";
import { type FailureLine, announce } from "./request-lines.ts";
import { type Result, type ServerOutcome, endedBy } from "./result.ts";
import { type AnswerForm, AnswerPrinter } from "./answer-printer.ts";
import type { Dialect } from "./wording.ts";

/** What a request is made of: the values of the words, then what was asked for and prepared in their place. */
type Asked<P extends readonly Parameter[], First, Prepared> = Omit<Arguments<P>, keyof First | keyof Prepared> &
  First &
  Prepared;

/** A command that sends one request to every server in scope. What is left out does not happen; the order is this one. */
export interface ServerDeclaration<P extends readonly Parameter[], First, Prepared, T, A = Asked<P, First, Prepared>>
  extends Omit<Declaration<P>, "run">, AnswerForm<T, A> {
  /** What is asked for before everything else: a password. */
  readonly askFirst?: (context: CommandContext, given: Arguments<P>) => Promise<First>;
  /** A line that ends in `on 3 nodes`. */
  readonly announcement?: (dialect: Dialect, given: Arguments<P>) => string;
  /** What is read or asked for before the first request, a file for instance. */
  readonly prepare?: (context: CommandContext, asked: Omit<Arguments<P>, keyof First> & First) => Promise<Prepared>;
  readonly request: (hsm: Hsm, session: SessionHandle, asked: A) => Promise<T>;
  /** Who is logged in on a server after it answered; left out, who was before. */
  readonly loginAfter?: (value: T, before: Login | undefined) => Login | undefined;
  /** Whether the connection to a server is encrypted after it answered; left out, as it was before. */
  readonly encryptedAfter?: (value: T) => boolean | undefined;
  readonly failureLine?: FailureLine;
  readonly onFailure?: OnFailure<T>;
  /** What an answer says to a program; left out, that it was done. Never a secret. */
  readonly data?: (value: T, asked: A) => unknown;
  /** What a person may want to know once all have answered. */
  readonly afterwards?: (context: CommandContext, answers: readonly Answer<T>[], asked: A) => void | Promise<void>;
}

/** Makes a command of the declaration of its request. */
export function serverCommand<const P extends readonly Parameter[], First extends object, Prepared extends object, T>(
  declaration: ServerDeclaration<P, First, Prepared, T>,
): Offerable {
  return command<P>({ ...declaration, run: (context, given) => carryOut(context, declaration, given) });
}

async function carryOut<P extends readonly Parameter[], First extends object, Prepared extends object, T>(
  context: CommandContext,
  declared: ServerDeclaration<P, First, Prepared, T>,
  given: Arguments<P>,
): Promise<Result> {
  const { announcement, data, encryptedAfter, loginAfter } = declared;
  const first = { ...given, ...(await declared.askFirst?.(context, given)) } as Omit<Arguments<P>, keyof First> & First;
  await caution(context);
  if (announcement !== undefined) announce(context, announcement(context.dialect, given));
  const prepared = await declared.prepare?.(context, first);
  const asked = { ...first, ...prepared } as Asked<P, First, Prepared>;
  const printer = new AnswerPrinter<T, Asked<P, First, Prepared>>(context, declared, asked);
  const asking: Asking<T> = {
    servers: context.cluster.scope,
    request: (hsm, session) => declared.request(hsm, session, asked),
    succeeded: (answer, before) => {
      const { server, value } = answer;
      if (loginAfter !== undefined) server.remember(loginAfter(value, server.login));
      server.isEncrypted = encryptedAfter?.(value) ?? server.isEncrypted;
      printer.print(answer, before);
    },
    failureHeading: (failed, before) => printer.failureHeading(failed, before),
    failureLine: declared.failureLine,
    onFailure: declared.onFailure,
  };
  const answers: Answer<T>[] = [];
  /** What became of each server, where it was undone on some. */
  const outcomes = (undone: readonly Server[]): readonly ServerOutcome[] =>
    answers.map((answer) => {
      const { server } = answer;
      if (undone.includes(server)) return { server, outcome: "rolledBack" };
      return isDone(answer) ? { ...answer, value: data?.(answer.value, asked) } : answer;
    });
  try {
    const rolledBack = await ask(context, asking, answers);
    await printer.finish(answers);
    await declared.afterwards?.(context, answers, asked);
    return { outcome: answers.every(isDone) ? "done" : "failed", answers: outcomes(rolledBack) };
  } catch (error) {
    return endedBy(error, outcomes(await printer.withdraw()));
  }
}
