import { type Answer, type Request, isDone } from "../cluster/answer.ts";
import type { Server } from "../cluster/server.ts";
import type { Hsm, SessionHandle } from "../hsm/hsm.ts";
import type { MaskedObject } from "../hsm/masked-object.ts";
import { returnCodes } from "../hsm/return-code.ts";
import { type Arguments, type Offerable, type CommandContext, type Declaration, command } from "./command.ts";
import type { Parameter } from "./parameter.ts";
import { adviseOn, failure, isPassedOver, success } from "./request-lines.ts";
import { requireCurrent, requireDestination } from "./require-server.ts";
import { type Result, endedBy } from "./result.ts";

/** A command that copies a user or key from the server of server mode to another one. */
export interface CopyDeclaration<P extends readonly Parameter[]> extends Omit<Declaration<P>, "run"> {
  /** The number of the server to copy to. */
  readonly destination: (given: Arguments<P>) => number;
  readonly extract: (hsm: Hsm, session: SessionHandle, given: Arguments<P>) => Promise<MaskedObject>;
  readonly insert: (hsm: Hsm, session: SessionHandle, masked: MaskedObject) => Promise<unknown>;
  /** Whether the code of a step that succeeded is shown; that of a step that failed always is. */
  readonly showsSteps: boolean;
}

/** Makes a command that copies in two steps and tells of each by its code: `ExtractMaskedObject: 0x0 !`. */
export function copyCommand<const P extends readonly Parameter[]>(declaration: CopyDeclaration<P>): Offerable {
  return command<P>({
    ...declaration,
    run: (context, given) => copy(context, declaration, given),
  });
}

/** The answers are of the source, and where it did its step, of the destination. */
async function copy<P extends readonly Parameter[]>(
  context: CommandContext,
  { destination: numberOf, extract, insert, showsSteps }: CopyDeclaration<P>,
  given: Arguments<P>,
): Promise<Result> {
  const destination = requireDestination(context, numberOf(given));
  const source = requireCurrent(context);
  const step = <T>(name: "extract" | "insert", server: Server, request: Request<T>): Promise<Answer<T>> =>
    takeStep(context, name, server, request, showsSteps);
  const extracted = await step("extract", source, (hsm, session) => extract(hsm, session, given));
  if (!isDone(extracted)) return { outcome: "failed", answers: [extracted] };
  const left: Answer<unknown> = { ...extracted, value: undefined };
  let inserted: Answer<unknown>;
  try {
    inserted = await step("insert", destination, (hsm, session) => insert(hsm, session, extracted.value));
  } catch (error) {
    return endedBy(error, [left]);
  }
  const answers = [left, isDone(inserted) ? { ...inserted, value: undefined } : inserted];
  if (!isDone(inserted)) return { outcome: "failed", answers };
  context.output.print(success(context, source));
  return { outcome: "done", answers };
}

async function takeStep<T>(
  context: CommandContext,
  name: "extract" | "insert",
  server: Server,
  request: Request<T>,
  showsSteps: boolean,
): Promise<Answer<T>> {
  const { command: running, dialect, output } = context;
  const answer = await server.ask(request);
  if (answer.outcome === "failed") {
    const lines = isPassedOver(dialect, answer)
      ? failure(context, answer)
      : [dialect.copyStep(name, answer.error.code), dialect.failed(running, answer.error.message)];
    output.print(...lines);
    adviseOn(context, answer.error);
  } else if (showsSteps) output.print(dialect.copyStep(name, returnCodes.SUCCESS.code));
  return answer;
}
