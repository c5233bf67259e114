import { type Answer, type Request, isDone } from "../cluster/answer.ts";
import { type Round, askEach } from "../cluster/ask-each.ts";
import type { Server } from "../cluster/server.ts";
import { writeOutputFile } from "../files/output-file.ts";
import { Cancelled } from "./cancelled.ts";
import { type Arguments, type Offerable, type CommandContext, type Declaration, command } from "./command.ts";
import type { Parameter } from "./parameter.ts";
import { failure, success } from "./request-lines.ts";
import { type Result, type ServerOutcome, endedBy } from "./result.ts";
import type { Dialect } from "./wording.ts";

/** A command that compares one server with all others. It asks all of them, also in server mode. */
export interface ComparisonDeclaration<P extends readonly Parameter[], T, Row> extends Omit<Declaration<P>, "run"> {
  /** The server that the others are compared with. Throws {@link Refused}. */
  readonly source: (context: CommandContext, given: Arguments<P>) => Server;
  readonly request: Request<T>;
  /** What of the source is where, from the servers that answered. Throws {@link Refused} where it has no such thing. */
  readonly compare: (source: Server, answered: ReadonlyMap<Server, T>, given: Arguments<P>) => readonly Row[];
  readonly lines: (dialect: Dialect, rows: readonly Row[], source: Server, given: Arguments<P>) => readonly string[];
  /** The file that the lines go to; undefined shows them. */
  readonly outputFile: (given: Arguments<P>) => string | undefined;
}

/** Makes a command of the declaration of its comparison. */
export function comparison<const P extends readonly Parameter[], T, Row>(
  declaration: ComparisonDeclaration<P, T, Row>,
): Offerable {
  return command<P>({ ...declaration, run: (context, given) => compare(context, declaration, given) });
}

async function compare<P extends readonly Parameter[], T, Row>(
  context: CommandContext,
  declared: ComparisonDeclaration<P, T, Row>,
  given: Arguments<P>,
): Promise<Result> {
  const { cluster, dialect, output, questions } = context;
  const source = declared.source(context, given);
  const answers: Answer<T>[] = [];
  let rows: readonly Row[] | undefined;
  // What was found out is about the source; of the others it counts that they answered.
  const outcomes = (): readonly ServerOutcome[] =>
    answers.map((answer) =>
      isDone(answer) ? { ...answer, value: answer.server === source ? rows : undefined } : answer,
    );
  const round: Round<T> = {
    servers: cluster.servers,
    request: declared.request,
    succeeded: () => undefined,
    failed: (answer) => {
      output.print(...failure(context, answer));
      return Promise.resolve("ignore");
    },
    interrupted: () => questions.interrupted(),
  };
  try {
    const { end } = await askEach(round, answers);
    if (end === "interrupted") throw new Cancelled("interrupted");
    const answered = new Map(answers.filter(isDone).map(({ server, value }) => [server, value]));
    if (!answered.has(source)) return { outcome: "failed", answers: outcomes() };
    rows = declared.compare(source, answered, given);
    await show(context, declared.lines(dialect, rows, source, given), declared.outputFile(given));
  } catch (error) {
    return endedBy(error, outcomes());
  }
  if (!answers.every(isDone)) return { outcome: "failed", answers: outcomes() };
  output.print(success(context, source));
  return { outcome: "done", answers: outcomes() };
}

/** Prints lines, or writes them to a file. */
async function show(
  { home, output }: CommandContext,
  lines: readonly string[],
  file: string | undefined,
): Promise<void> {
  if (file === undefined) output.print(...lines);
  else await writeOutputFile(home, file, lines.map((line) => `${line}\n`).join(""));
}
